package io.podlab.kit.http;

import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads the complete body before a request reaches a resource. Bodies that are too large or too
 * slow never occupy a worker thread. Quarkus enforces the same limit, but its 413 has no text.
 */
@Singleton
final class RequestBody {
  private static final int BEFORE_ROUTING = 1000;
  private static final long TIMEOUT_MILLISECONDS = 10_000;

  /** The size up to which the rest of a refused body is read, so that the connection stays open. */
  private static final long MOST_DISCARDED = 16 * 1024 * 1024;

  private final long usualLimit;
  private final Map<String, Larger> larger;

  RequestBody(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
      @All List<LargerBody> larger) {
    this.usualLimit = limit.asLongValue();
    this.larger =
        larger.stream()
            .map(body -> new Larger(body, new Semaphore(body.maxConcurrent())))
            .collect(Collectors.toMap(one -> one.body().path(), Function.identity()));
  }

  private record Larger(LargerBody body, Semaphore places) {}

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_ROUTING);
  }

  private void check(RoutingContext context) {
    boolean undeclared = isUndeclared(context.request());
    long declared = declaredLength(context);
    Larger special = larger.get(context.request().path());
    long limit = special == null ? usualLimit : special.body().bytes();
    if (declared > MOST_DISCARDED) {
      Refusal.sendAndClose(context, tooLarge(limit));
    } else if (declared > limit) {
      // Closing while the client still sends would reset the connection and lose the answer.
      Refusal.send(context, tooLarge(limit));
    } else if (declared == 0 && !undeclared) {
      context.next();
    } else if (special == null) {
      collect(context, limit);
    } else if (special.places().tryAcquire()) {
      context.addEndHandler(end -> special.places().release());
      collect(context, limit);
    } else {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
      Problem busy =
          Problem.of(
              503,
              "too many requests to %s (at most %d); try again later"
                  .formatted(special.body().path(), special.body().maxConcurrent()));
      if (undeclared) {
        Refusal.sendAndClose(context, busy);
      } else {
        Refusal.send(context, busy);
      }
    }
  }

  /** HTTP/2 has no header for a body without a length, so each request can have one. */
  private static boolean isUndeclared(HttpServerRequest request) {
    return Refusal.isStream(request)
        ? !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        : request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private static Problem tooLarge(long limit) {
    return Problem.of(413, "the body is too large; use at most %d bytes".formatted(limit));
  }

  private void collect(RoutingContext context, long limit) {
    Refusal.hidePathUntilAnswered(context);
    HttpServerRequest request = context.request();
    Buffer body = Buffer.buffer();
    if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
      context.response().writeContinue();
    }
    long timer =
        context
            .vertx()
            .setTimer(
                TIMEOUT_MILLISECONDS,
                late -> {
                  if (!context.response().ended()) {
                    Refusal.sendAndClose(
                        context,
                        Problem.of(
                            408,
                            "the body did not arrive within 10 s; send the complete body within this time"));
                  }
                });
    request.exceptionHandler(clientGone -> context.vertx().cancelTimer(timer));
    request.handler(
        part -> {
          if (body.length() + part.length() <= limit) {
            body.appendBuffer(part);
          } else if (!context.response().ended()) {
            context.vertx().cancelTimer(timer);
            Refusal.sendAndClose(context, tooLarge(limit));
          }
        });
    request.endHandler(
        end -> {
          context.vertx().cancelTimer(timer);
          if (!context.response().ended()) {
            if (limit > usualLimit) {
              // Quarkus REST would apply the default limit.
              request.headers().remove(HttpHeaders.CONTENT_LENGTH);
              request.headers().remove(HttpHeaders.TRANSFER_ENCODING);
            }
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
