/** How much the service's own log says. */
package io.podlab.config.loglevel;
