package io.podlab.demo.reload;

/**
 * The CDI event of a reload: who has read something that may have changed reads it again, before
 * the observer returns. An observer that fails leaves what it had.
 *
 * @param generation of what is read now; 1 is what was read at the start
 */
public record Reload(long generation) {}
