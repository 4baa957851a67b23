package io.podlab.demo.websocket;

import io.netty.channel.Channel;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Optional;

/**
 * Accepts WebSockets (RFC 6455, section 4.2). {@link WebSocketResource} answers all other requests.
 */
@Singleton
final class WebSocketFilter {
  /** After all filters that refuse a request or let it fail. */
  private static final int LAST = 800;

  static final String PATH = "/ws";

  private static final String VERSION = "13";
  private static final String VERSION_HEADER = "Sec-WebSocket-Version";
  private static final String KEY_HEADER = "Sec-WebSocket-Key";
  private static final int KEY_BYTES = 16;

  /** Where Quarkus looks for the label in the HTTP metrics. */
  private static final String LABEL = "UrlPathTemplate";

  private static final Method END_OF_REQUEST = endOfRequest();

  private final WebSockets sockets;

  WebSocketFilter(WebSockets sockets) {
    this.sockets = sockets;
  }

  void register(@Observes Filters filters) {
    filters.register(this::upgrade, LAST);
  }

  private void upgrade(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!PATH.equals(request.path()) || !isUpgrade(request)) {
      context.next();
      return;
    }
    Optional<Problem> problem = problem(request);
    if (problem.isPresent()) {
      if (problem.get().status() == WebSocketResource.UPGRADE_REQUIRED) {
        context.response().putHeader(VERSION_HEADER, VERSION);
        context.response().putHeader(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
      }
      Refusal.send(context, problem.get(), PATH);
    } else if (sockets.isClosing()) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      Refusal.send(context, Problem.of(503, "the pod is stopping; connect again"), PATH);
    } else if (sockets.reserve()) {
      accept(context);
    } else {
      Refusal.send(
          context,
          Problem.of(
              503, "too many WebSockets (at most %d); try again later".formatted(WebSockets.MOST)),
          PATH);
    }
  }

  private static boolean isUpgrade(HttpServerRequest request) {
    return request.method() == HttpMethod.GET
        && request.version() == HttpVersion.HTTP_1_1
        && hasToken(request, HttpHeaders.UPGRADE, "websocket")
        && hasToken(request, HttpHeaders.CONNECTION, "upgrade");
  }

  /** Whether the comma-separated values of a header contain a token, in any case. */
  private static boolean hasToken(HttpServerRequest request, CharSequence header, String token) {
    for (String value : request.headers().getAll(header)) {
      for (String one : value.split(",")) {
        if (one.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Optional<Problem> problem(HttpServerRequest request) {
    if (!VERSION.equals(request.getHeader(VERSION_HEADER))) {
      return Optional.of(
          new Problem(
              "Upgrade Required",
              WebSocketResource.UPGRADE_REQUIRED,
              "this version of WebSocket is not supported",
              VERSION_HEADER,
              VERSION));
    }
    if (!isKey(request.getHeader(KEY_HEADER))) {
      return Optional.of(
          Problem.badField(
              KEY_HEADER, "it is missing or not valid", "16 random bytes, encoded as Base64"));
    }
    if (hasBody(request)) {
      return Optional.of(Problem.of(400, "a WebSocket request cannot have a body"));
    }
    if (!isUri(QuarkusRequestWrapper.get(request).uri())) {
      return Optional.of(
          Problem.badField(
              "request target",
              "it has a character that a WebSocket URL cannot have",
              "percent-encoding, such as %7B for {"));
    }
    return Optional.empty();
  }

  private static boolean isKey(String text) {
    try {
      return text != null && Base64.getDecoder().decode(text).length == KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || length != null && !length.equals("0");
  }

  /** Vert.x makes the URL from the target as the client sent it. */
  private static boolean isUri(String target) {
    try {
      new URI(target);
      return true;
    } catch (URISyntaxException invalid) {
      return false;
    }
  }

  private void accept(RoutingContext context) {
    Vertx.currentContext().putLocal(LABEL, PATH);
    // Vert.x reads only the first of several headers.
    context.request().headers().set(HttpHeaders.CONNECTION, "Upgrade");
    context
        .request()
        .toWebSocket()
        .onSuccess(socket -> accepted(socket, context))
        .onFailure(disconnected -> sockets.release());
  }

  private void accepted(ServerWebSocket socket, RoutingContext context) {
    HttpConnection connection = context.request().connection();
    Channel channel = ((ConnectionBase) connection).channel();
    channel.closeFuture().addListener(closed -> sockets.release());
    // Netty removes the handlers of a closed connection.
    if (channel.isActive()) {
      EchoSocket echo =
          EchoSocket.start(socket, connection, context.vertx(), EchoSocket.PING_INTERVAL);
      echo.onDisconnect(() -> sockets.remove(echo));
      sockets.add(echo);
    }
    end(context.request());
  }

  /**
   * Ends the request for the filters that count or log it. Vert.x does not report the end of a
   * request that it upgrades, and Quarkus has no public method for it.
   */
  private static void end(HttpServerRequest request) {
    try {
      END_OF_REQUEST.invoke(QuarkusRequestWrapper.get(request));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Method endOfRequest() {
    try {
      Method done = QuarkusRequestWrapper.class.getDeclaredMethod("done");
      done.setAccessible(true);
      return done;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }
}
