/** The {@code deploy/lab} command: puts the services on this machine or on a cluster. */
package io.podlab.lab;
