/** What the program says of itself: at its start, when it is told to stop, and at its end. */
package io.podlab.probe.lifecycle;
