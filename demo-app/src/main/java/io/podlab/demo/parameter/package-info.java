/** Checks settings and request parameters, and refuses invalid ones. */
package io.podlab.demo.parameter;
