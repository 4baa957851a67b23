/** Text from outside on a terminal. */
package io.podlab.probe.terminal;
