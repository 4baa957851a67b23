/** Compares all sources: which of them reload, which do not, and why. */
package io.podlab.config.comparison;
