package io.podlab.kit.http;

/**
 * An operation of the OpenAPI document.
 *
 * @param path a template such as {@code /faults/{name}}
 */
public record Endpoint(String method, String path, String summary) {}
