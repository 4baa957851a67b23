/** The source {@code api}: one ConfigMap, read through the API server. */
package io.podlab.config.api;
