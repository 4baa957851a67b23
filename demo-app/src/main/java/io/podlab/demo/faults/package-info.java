/** Failing on demand, each time within bounds, and only where it is allowed. */
package io.podlab.demo.faults;
