package io.podlab.config.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads a request's body whole before the request is passed on: none that is too long or too slow
 * reaches a resource, and none holds a thread while its client makes up its mind. Quarkus enforces
 * the same length, but says nothing with its 413.
 */
final class RequestBody {
  private static final int BEFORE_ROUTING = 1000;
  private static final long SLOWEST_MILLISECONDS = 10_000;

  /** What is still read of a body after it was refused; beyond it the connection is cut. */
  private static final long MOST_DISCARDED = 16 * 1024 * 1024;

  private final long limit;

  RequestBody(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.limit = limit.asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_ROUTING);
  }

  private void check(RoutingContext context) {
    boolean undeclared = context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING);
    long declared = declaredLength(context);
    if (declared > MOST_DISCARDED) {
      Refusal.sendAndClose(context, tooLong());
    } else if (declared > limit) {
      // Closing before the client has sent all would discard the answer with a reset.
      Refusal.send(context, tooLong());
    } else if (declared > 0 || undeclared) {
      collect(context);
    } else {
      context.next();
    }
  }

  private Problem tooLong() {
    return Problem.of(413, "the body is longer than %d bytes".formatted(limit));
  }

  private void collect(RoutingContext context) {
    HttpServerRequest request = context.request();
    Buffer body = Buffer.buffer();
    if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
      context.response().writeContinue();
    }
    long timer =
        context
            .vertx()
            .setTimer(
                SLOWEST_MILLISECONDS,
                late -> {
                  if (!context.response().ended()) {
                    Refusal.sendAndClose(
                        context, Problem.of(408, "the body did not come within 10 s"));
                  }
                });
    request.exceptionHandler(clientGone -> context.vertx().cancelTimer(timer));
    request.handler(
        part -> {
          if (body.length() + part.length() <= limit) {
            body.appendBuffer(part);
          } else if (!context.response().ended()) {
            context.vertx().cancelTimer(timer);
            Refusal.sendAndClose(context, tooLong());
          }
        });
    request.endHandler(
        end -> {
          context.vertx().cancelTimer(timer);
          if (!context.response().ended()) {
            ((RoutingContextInternal) context).setBody(body);
            context.next();
          }
        });
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
