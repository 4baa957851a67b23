package io.podlab.kit.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Answers a request with a {@link Problem} before it reaches a resource. */
public final class Refusal {
  private static final String LABEL = "/REFUSED";
  private static final String TEMPLATE = "UrlPathTemplate";

  /** A placeholder until the answer is known; {@link MetricsLint} treats it as refused. */
  private static final String UNDECIDED = "/ undecided";

  /** {@link MetricsLint} turns it into the label that Quarkus uses for unknown paths. */
  static final String NOT_FOUND = "/NOT_FOUND";

  /** The request has been measured; {@link MetricsLint} does not measure it again. */
  static final String ANSWERED = "ANSWERED";

  private static final long LINGER_MILLISECONDS = 1_000;

  /** Of HTTP/2: the client can stop sending, and use the answer. */
  private static final long NO_ERROR = 0;

  /** Of HTTP/2: the answer is not complete. */
  private static final long INTERNAL_ERROR = 2;

  private Refusal() {}

  /**
   * Keeps the path of a request that reaches no resource out of the HTTP metrics: a client can
   * choose any path, and the path can contain a secret.
   */
  public static void hidePath() {
    Context context = Vertx.currentContext();
    if (context != null
        && (context.getLocal(TEMPLATE) == null || UNDECIDED.equals(context.getLocal(TEMPLATE)))) {
      context.putLocal(TEMPLATE, LABEL);
    }
  }

  /** Sets the label that the HTTP metrics use in place of the path. */
  public static void label(String label) {
    Vertx.currentContext().putLocal(TEMPLATE, label);
  }

  /**
   * Keeps the path of a request out of the HTTP metrics until it is answered, because a client that
   * disconnects earlier would leave the path it sent in a label. A resource sets its template
   * later; the other paths that succeed are a fixed set.
   */
  public static void hidePathUntilAnswered(RoutingContext context) {
    Context local = Vertx.currentContext();
    if (local.getLocal(TEMPLATE) != null) {
      return;
    }
    local.putLocal(TEMPLATE, UNDECIDED);
    context.addHeadersEndHandler(
        headers -> {
          if (UNDECIDED.equals(local.getLocal(TEMPLATE))) {
            int status = context.response().getStatusCode();
            local.putLocal(
                TEMPLATE,
                status == 404 ? NOT_FOUND : status < 400 ? context.request().path() : LABEL);
          }
        });
  }

  public static Future<Void> send(RoutingContext context, Problem problem) {
    return send(context, problem, LABEL);
  }

  /**
   * @param label for the HTTP metrics, in place of the path, which a client can choose
   */
  public static Future<Void> send(RoutingContext context, Problem plain, String label) {
    Problem problem = plain.withRequestId(RequestId.ensure(context));
    boolean asJson = Problem.asJson(Negotiation.accept(context.request()));
    label(label);
    return context
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, asJson ? Problem.JSON : "text/plain;charset=UTF-8")
        .end(asJson ? JsonObject.mapFrom(problem).encode() : problem.plainText());
  }

  /**
   * Sends the problem, and closes the connection one second later, because the client might never
   * stop sending. An immediate close would reset the connection, and a client that is still sending
   * would not see the answer. With HTTP/2, only the stream of this request is closed (RFC 9113,
   * section 8.1).
   */
  static void sendAndClose(RoutingContext context, Problem problem) {
    HttpServerRequest request = context.request();
    Context local = Vertx.currentContext();
    boolean stream = isStream(request);
    if (!stream) {
      // The header alone closes the connection only after the complete request has arrived.
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    send(context, problem)
        .onComplete(
            sent ->
                context
                    .vertx()
                    .setTimer(
                        LINGER_MILLISECONDS,
                        late -> {
                          if (!stream) {
                            request.connection().close();
                          } else if (!request.isEnded()) {
                            local.putLocal(TEMPLATE, ANSWERED);
                            request.response().reset(NO_ERROR);
                          }
                        }));
  }

  /** Ends the connection without a complete answer. With HTTP/2, ends only this request. */
  public static void cut(HttpServerRequest request) {
    if (isStream(request)) {
      request.response().reset(INTERNAL_ERROR);
    } else {
      request.connection().close();
    }
  }

  /** Whether other requests can share the connection at the same time, as with HTTP/2. */
  public static boolean isStream(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2;
  }
}
