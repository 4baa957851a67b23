/** Checks a configuration before a client applies it. */
package io.podlab.config.check;
