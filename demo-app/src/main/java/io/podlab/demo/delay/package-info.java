/** An answer that takes its time: a request that is in flight when the pod is told to stop. */
package io.podlab.demo.delay;
