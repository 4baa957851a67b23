/** Handlers for SIGTERM, SIGINT and SIGHUP. */
package io.podlab.kit.signal;
