/** Answers below a path prefix too, for a proxy that does not strip it. */
package io.podlab.demo.prefix;
