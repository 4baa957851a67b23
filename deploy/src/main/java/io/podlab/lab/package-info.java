/** The {@code deploy/lab} command: runs Podlab on this machine or on a cluster. */
package io.podlab.lab;
