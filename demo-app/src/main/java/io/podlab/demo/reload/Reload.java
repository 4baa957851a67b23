package io.podlab.demo.reload;

/**
 * CDI event of a reload. Each observer reads its files again before it returns. An observer that
 * fails keeps its old values.
 *
 * @param generation number of this reload; the start was 1
 */
public record Reload(long generation) {}
