package io.podlab.demo.cors;

import io.podlab.kit.http.Refusal;
import io.podlab.kit.http.RequestId;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * Adds the CORS headers to every answer, also to errors, so that scripts of the allowed origins can
 * read them, and answers preflight requests. The filter of Quarkus would run after the filters that
 * answer {@code GET /} and most errors.
 *
 * <p>A preflight allows every method and header. A method that the path does not accept then gets
 * its 405, and the script can read why.
 */
@Singleton
final class CorsFilter {
  /** After the filter that records requests, before all that answer. */
  private static final int FIRST = 5_000;

  /** After the body is read, before the filter that answers {@code OPTIONS}. */
  private static final int AFTER_THE_BODY = 990;

  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
  private static final String MAX_AGE_SECONDS = "600";
  private static final Pattern NAMES = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z, -]+");

  private final AllowedOrigins allowed;

  CorsFilter(CorsConfig config) {
    this.allowed = config.cors().orElse(null);
  }

  void register(@Observes Filters filters) {
    if (allowed != null) {
      filters.register(this::addHeaders, FIRST);
      filters.register(this::answerPreflight, AFTER_THE_BODY);
    }
  }

  private void addHeaders(RoutingContext context) {
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    // As late as possible, because an answer can set its own Vary header.
    context.addHeadersEndHandler(
        end -> {
          MultiMap headers = context.response().headers();
          headers.add(HttpHeaders.VARY, "Origin");
          if (allowed.allow(origin)) {
            setIfAbsent(
                headers, HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, allowed.any() ? "*" : origin);
            setIfAbsent(headers, HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "X-Request-Id");
            if (!allowed.any()) {
              setIfAbsent(headers, HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            }
          }
        });
    context.next();
  }

  /** A client can request each of these headers from {@code /response-headers}. */
  private static void setIfAbsent(MultiMap headers, CharSequence name, String value) {
    if (!headers.contains(name)) {
      headers.set(name, value);
    }
  }

  private void answerPreflight(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method() != HttpMethod.OPTIONS
        || !request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
        || !allowed.allow(request.getHeader(HttpHeaders.ORIGIN))) {
      context.next();
      return;
    }
    RequestId.ensure(context);
    MultiMap headers = context.response().headers();
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
    String names = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    if (names != null && NAMES.matcher(names).matches()) {
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, names);
    }
    Refusal.label("/OPTIONS");
    context.response().setStatusCode(204).end();
  }
}
