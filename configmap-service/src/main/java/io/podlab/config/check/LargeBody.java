package io.podlab.config.check;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads the body of {@code POST /config/check}, which may be longer than any other: a candidate
 * that is too long for a ConfigMap has to arrive, to be told so. Two at once, and three megabytes
 * each, are all that fits into the memory of the container.
 */
@Singleton
final class LargeBody {
  static final int MOST_BYTES = 3 * 1024 * 1024;
  static final int MOST_AT_ONCE = 2;

  /** Between RequestHeaders and RequestBody, which has nothing to read any more. */
  private static final int FIRST = 1050;

  private static final long SLOWEST_MILLISECONDS = 10_000;

  private final AtomicInteger reading = new AtomicInteger();

  void register(@Observes Filters filters) {
    filters.register(this::read, FIRST);
  }

  private void read(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method() != HttpMethod.POST || !CheckResource.PATH.equals(request.path())) {
      context.next();
      return;
    }
    if (reading.incrementAndGet() > MOST_AT_ONCE) {
      reading.decrementAndGet();
      refuse(
          context,
          Problem.of(
              503, "%d candidates are being read already; try again".formatted(MOST_AT_ONCE)));
      return;
    }
    context.addEndHandler(end -> reading.decrementAndGet());
    collect(context);
  }

  private static void collect(RoutingContext context) {
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
                late -> refuse(context, Problem.of(408, "the body did not come within 10 s")));
    request.exceptionHandler(clientGone -> context.vertx().cancelTimer(timer));
    request.handler(
        part -> {
          if (body.length() + part.length() <= MOST_BYTES) {
            body.appendBuffer(part);
          } else {
            context.vertx().cancelTimer(timer);
            refuse(
                context,
                Problem.of(
                    413,
                    "the body is longer than %d bytes; a ConfigMap holds 1048576 bytes of values"
                        .formatted(MOST_BYTES)));
          }
        });
    request.endHandler(
        end -> {
          context.vertx().cancelTimer(timer);
          if (!context.response().ended()) {
            request.headers().remove(HttpHeaders.CONTENT_LENGTH);
            request.headers().remove(HttpHeaders.TRANSFER_ENCODING);
            ((RoutingContextInternal) context).setBody(body);
            context.next();
          }
        });
  }

  /** And cuts the connection: the client may go on sending for ever. */
  private static void refuse(RoutingContext context, Problem problem) {
    if (!context.response().ended()) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      Refusal.send(context, problem);
    }
  }
}
