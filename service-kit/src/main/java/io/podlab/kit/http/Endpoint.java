package io.podlab.kit.http;

/**
 * A method on a path.
 *
 * @param path with its parameters in braces
 * @param summary what it does, in a few words
 */
public record Endpoint(String method, String path, String summary) {}
