package io.podlab.config.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Ends a request with a {@link Problem} before it has come to any resource. */
public final class Refusal {
  private Refusal() {}

  public static void send(RoutingContext context, Problem problem) {
    send(context, problem, "/REFUSED");
  }

  /**
   * @param label what the HTTP metrics call it, in place of the path, which anyone can choose
   */
  public static void send(RoutingContext context, Problem problem, String label) {
    boolean asJson = Problem.asJson(context.request().getHeader(HttpHeaders.ACCEPT));
    Vertx.currentContext().putLocal("UrlPathTemplate", label);
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, asJson ? Problem.JSON : "text/plain;charset=UTF-8")
        .end(asJson ? JsonObject.mapFrom(problem).encode() : problem.plainText());
  }

  /** And cuts the connection: the client may go on sending for ever. */
  static void sendAndClose(RoutingContext context, Problem problem) {
    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    send(context, problem);
  }
}
