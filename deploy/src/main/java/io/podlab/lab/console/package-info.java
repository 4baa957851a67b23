/** What a command of {@code lab} says to the person at the terminal. */
package io.podlab.lab.console;
