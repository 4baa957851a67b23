/** A slow starter, for what startup probes are about. */
package io.podlab.demo.startup;
