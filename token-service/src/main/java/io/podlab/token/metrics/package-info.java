/** What is measured of tokens and of the place they are kept in. */
package io.podlab.token.metrics;
