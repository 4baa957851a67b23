/** The level of the service's own log. */
package io.podlab.config.loglevel;
