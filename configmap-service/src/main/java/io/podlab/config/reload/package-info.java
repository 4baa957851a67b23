/**
 * Decides what is in effect: takes a change, validates it, accepts or rejects it, and remembers.
 */
package io.podlab.config.reload;
