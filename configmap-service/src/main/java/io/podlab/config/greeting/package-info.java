/** What the configuration does: a greeting in its color, with what its features do. */
package io.podlab.config.greeting;
