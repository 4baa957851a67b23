/** Provides the clock that services inject; tests replace it. */
package io.podlab.kit.clock;
