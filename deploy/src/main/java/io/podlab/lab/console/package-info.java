/** The terminal output of the {@code lab} commands. */
package io.podlab.lab.console;
