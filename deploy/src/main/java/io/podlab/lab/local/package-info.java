/** Runs the services as processes on this machine. */
package io.podlab.lab.local;
