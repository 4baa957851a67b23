package io.podlab.kit.http;

/**
 * A path that accepts larger bodies than the default. The feature that serves the path produces a
 * bean of this type, and {@link RequestBody} applies it.
 *
 * @param path a path without parameters
 * @param bytes the maximum body size
 * @param maxConcurrent the maximum number of concurrent requests; further requests get 503
 */
public record LargerBody(String path, long bytes, int maxConcurrent) {}
