/** The HTML page of {@code lab play --report}. */
package io.podlab.lab.report;
