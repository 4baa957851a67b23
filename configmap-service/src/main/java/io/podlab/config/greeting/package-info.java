/** What the configuration does: a greeting in its colour, with what its features do. */
package io.podlab.config.greeting;
