/** What the kernel tells the process: SIGTERM, SIGINT, SIGHUP. */
package io.podlab.kit.signal;
