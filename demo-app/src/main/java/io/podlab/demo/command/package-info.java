/**
 * What the program does in place of serving, when it is started with arguments: so that one image
 * serves the lessons on restart policies, init containers and Jobs, too, and is their client.
 */
package io.podlab.demo.command;
