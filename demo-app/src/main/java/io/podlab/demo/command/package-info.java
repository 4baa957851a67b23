/**
 * Commands that run instead of the service when the program gets arguments. So one image also
 * serves lessons on restart policies, init containers and Jobs, and provides their client.
 */
package io.podlab.demo.command;
