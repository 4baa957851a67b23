/** Starts the service or a command. */
package io.podlab.demo.start;
