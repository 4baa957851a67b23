/** Sets the log level of the service from its configuration. */
package io.podlab.config.loglevel;
