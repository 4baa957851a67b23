/** Failures on demand. Each has limits, and all are off by default. */
package io.podlab.demo.faults;
