package io.podlab.kit.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Answers {@code /q/openapi} with the documents from the build: YAML, or JSON for a client that
 * asks for it. Quarkus would parse and write the document again during each start, which takes a
 * fifth of the processor time of a start; {@code start.Start} prevents that.
 */
@Singleton
final class OpenApiRoute {
  /** The resources of the build ({@code io.quarkus.smallrye.openapi.runtime}). */
  private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.";

  private static final String PATH = "/q/openapi";

  /** After the filters, before the routes of Quarkus. */
  private static final int AFTER_FILTERS = -1;

  void register(@Observes Router router) {
    answer(router, PATH + ".json", true);
    answer(router, PATH + ".yaml", false);
    answer(router, PATH + ".yml", false);
    router.route(PATH).order(AFTER_FILTERS).handler(context -> send(context, wantsJson(context)));
  }

  private static void answer(Router router, String path, boolean json) {
    router.route(path).order(AFTER_FILTERS).handler(context -> send(context, json));
  }

  private static boolean wantsJson(RoutingContext context) {
    HttpServerRequest request = context.request();
    return "json".equalsIgnoreCase(request.getParam("format"))
        || "application/json".equals(request.getHeader(HttpHeaders.ACCEPT));
  }

  private static void send(RoutingContext context, boolean json) {
    context
        .response()
        .putHeader(
            HttpHeaders.CONTENT_TYPE,
            json ? "application/json;charset=UTF-8" : "application/yaml;charset=UTF-8")
        .end(Buffer.buffer(read(json ? "JSON" : "YAML")));
  }

  static byte[] json() {
    return read("JSON");
  }

  private static byte[] read(String format) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream document = loader.getResourceAsStream(DOCUMENT + format)) {
      if (document == null) {
        throw new IllegalStateException(DOCUMENT + format + " is not part of the application");
      }
      return document.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
