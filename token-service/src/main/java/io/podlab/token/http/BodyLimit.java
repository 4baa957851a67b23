package io.podlab.token.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers a body that is too long with a {@link Problem}. Quarkus enforces the same limit but says
 * nothing with its 413, and logs a stack trace when the length was not declared.
 */
final class BodyLimit {
  /** Before anything else looks at the request. */
  private static final int FIRST = 1000;

  /** What is still read of a body after it was refused; beyond it the connection is cut. */
  private static final long MOST_DISCARDED = 16 * 1024 * 1024;

  private final long limit;

  BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.limit = limit.asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  private void check(RoutingContext context) {
    if (context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      collect(context);
      return;
    }
    long length = declaredLength(context);
    if (length <= limit) {
      context.next();
      return;
    }
    // Closing before the client has sent all would discard the answer with a reset.
    refuse(context, length > MOST_DISCARDED);
  }

  /** A body of undeclared length must be known to be short before the request is passed on. */
  private void collect(RoutingContext context) {
    HttpServerRequest request = context.request();
    Buffer body = Buffer.buffer();
    if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
      context.response().writeContinue();
    }
    request.exceptionHandler(clientGone -> {});
    request.handler(
        part -> {
          if (body.length() + part.length() <= limit) {
            body.appendBuffer(part);
          } else if (!context.response().ended()) {
            refuse(context, true);
          }
        });
    request.endHandler(
        end -> {
          if (!context.response().ended()) {
            ((RoutingContextInternal) context).setBody(body);
            context.next();
          }
        });
  }

  private void refuse(RoutingContext context, boolean close) {
    Problem problem = Problem.of(413, "the body is longer than %d bytes".formatted(limit));
    boolean asJson = Problem.asJson(context.request().getHeader(HttpHeaders.ACCEPT));
    if (close) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    // The label that the HTTP metrics would otherwise take from the path, which anyone can choose.
    Vertx.currentContext().putLocal("UrlPathTemplate", "/REFUSED");
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, asJson ? Problem.JSON : "text/plain;charset=UTF-8")
        .end(asJson ? JsonObject.mapFrom(problem).encode() : problem.plainText());
  }

  private static long declaredLength(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException notANumber) {
      return Long.MAX_VALUE;
    }
  }
}
