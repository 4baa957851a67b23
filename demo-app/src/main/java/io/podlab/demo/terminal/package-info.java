/** Text on its way to a terminal. */
package io.podlab.demo.terminal;
