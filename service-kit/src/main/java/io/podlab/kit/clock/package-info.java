/** The time of day, which a test can set. */
package io.podlab.kit.clock;
