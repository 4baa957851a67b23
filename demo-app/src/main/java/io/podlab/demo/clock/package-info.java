/** The time of day, which a test can set. */
package io.podlab.demo.clock;
