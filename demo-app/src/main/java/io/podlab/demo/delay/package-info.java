/** Slow answers: requests that are in flight when the pod stops. */
package io.podlab.demo.delay;
