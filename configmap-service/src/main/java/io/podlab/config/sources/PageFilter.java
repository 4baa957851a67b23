package io.podlab.config.sources;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;

/** Answers a browser's {@code GET /sources} with the page. */
@Singleton
final class PageFilter {
  /** Before RequestHeaders, which makes text of what a browser asks for. */
  private static final int EARLY = 1200;

  /** After what refuses a request, or lets it fail: a browser's is one like others. */
  private static final int LATE = 800;

  private static final String PATH = "/sources";
  private static final String HTML = "text/html";
  private static final String BY_A_BROWSER = PageFilter.class.getName();

  private final Page page = Page.read();

  void register(@Observes Filters filters) {
    filters.register(PageFilter::recognize, EARLY);
    filters.register(this::answer, LATE);
  }

  private static void recognize(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method() == HttpMethod.GET
        && PATH.equals(request.path())
        && wantsPage(request.getHeader(HttpHeaders.ACCEPT))) {
      context.put(BY_A_BROWSER, true);
    }
    context.next();
  }

  /**
   * Whether HTML is named, and neither text nor JSON is named as more welcome.
   *
   * @param accept the header, or null
   */
  static boolean wantsPage(String accept) {
    if (accept == null || !accept.contains(HTML)) {
      return false;
    }
    try {
      List<MediaType> wanted = MediaTypeHelper.parseHeader(accept);
      MediaTypeHelper.sortByWeight(wanted);
      return wanted.stream()
          .map(type -> type.getType() + "/" + type.getSubtype())
          .filter(
              type ->
                  List.of(HTML, MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON).contains(type))
          .findFirst()
          .filter(HTML::equals)
          .isPresent();
    } catch (RuntimeException malformed) {
      return false;
    }
  }

  private void answer(RoutingContext context) {
    if (context.get(BY_A_BROWSER) == null) {
      context.next();
      return;
    }
    HttpServerResponse response = context.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, HTML + ";charset=UTF-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .putHeader("Content-Security-Policy", page.securityPolicy())
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(page.html());
  }
}
