/** A greeting that shows the effect of the configuration. */
package io.podlab.config.greeting;
