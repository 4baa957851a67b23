package io.podlab.kit.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Ends a request with a {@link Problem} before it has come to any resource. */
public final class Refusal {
  private static final String LABEL = "/REFUSED";
  private static final String TEMPLATE = "UrlPathTemplate";

  /** Not known yet; for {@link MetricsLint} the same as refused. */
  private static final String UNDECIDED = "/ undecided";

  /** {@link MetricsLint} gives it the label of other paths that are not there. */
  static final String NOT_FOUND = "/NOT_FOUND";

  private static final long LINGER_MILLISECONDS = 1_000;

  private Refusal() {}

  /**
   * Lets the HTTP metrics keep quiet about the path of a request that comes to no resource: anyone
   * can choose it, and it may hold a secret.
   */
  public static void hidePath() {
    Context context = Vertx.currentContext();
    if (context != null
        && (context.getLocal(TEMPLATE) == null || UNDECIDED.equals(context.getLocal(TEMPLATE)))) {
      context.putLocal(TEMPLATE, LABEL);
    }
  }

  /** What the HTTP metrics call a request, in place of its path. */
  static void label(String label) {
    Vertx.currentContext().putLocal(TEMPLATE, label);
  }

  /**
   * Lets the HTTP metrics keep quiet about the path of a request until it is answered: its client
   * may go away before that, and what the metrics know is the path as it was sent. A resource then
   * names its template; what is answered beside Quarkus REST is one of a few paths.
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
   * @param label what the HTTP metrics call it, in place of the path, which anyone can choose
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
   * And cuts the connection a second later: the client may go on sending for ever. Cut at once, the
   * connection is reset, and a client that still sends does not see the answer.
   */
  static void sendAndClose(RoutingContext context, Problem problem) {
    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    // The header alone closes it only once the whole request has come.
    send(context, problem)
        .onComplete(
            sent ->
                context
                    .vertx()
                    .setTimer(LINGER_MILLISECONDS, late -> context.request().connection().close()));
  }
}
