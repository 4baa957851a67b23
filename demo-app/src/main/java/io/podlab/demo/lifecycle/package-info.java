/** The timeline: what has happened to this pod, as the pod itself saw it. */
package io.podlab.demo.lifecycle;
