/** A place that configuration comes from, and what it says when it is asked. */
package io.podlab.config.source;
