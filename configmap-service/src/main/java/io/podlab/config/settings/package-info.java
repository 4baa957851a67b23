/** Parses and validates the configuration, and finds its changes. */
package io.podlab.config.settings;
