/**
 * HTTP behavior that all services share: text for terminals, JSON on request, errors as problem
 * details, and a limit for bodies.
 */
package io.podlab.kit.http;
