package io.podlab.kit.http;

/**
 * A path that takes longer bodies than all others. The feature that serves the path produces a bean
 * of this type; {@link RequestBody} collects them.
 *
 * @param path the whole path of a request
 * @param bytes the length of the longest body
 * @param atOnce how many such requests are under way at most; one more is a 503
 */
public record LargerBody(String path, long bytes, int atOnce) {}
