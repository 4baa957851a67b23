package io.podlab.demo.root;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.demo.content.ContentConfig;
import io.podlab.demo.identity.PodIdentity;
import io.podlab.demo.page.PageResource;
import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import io.podlab.kit.page.Page;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Supplier;

/**
 * Answers {@code GET /} in the representation that the client accepts. Demos send thousands of
 * these requests, and a Quarkus REST resource takes twice as long. {@link RootResource} answers
 * only if content is configured.
 */
@Singleton
final class RootFilter {
  /** After all filters that refuse a request, let it fail, or choose its representation. */
  private static final int LAST = 800;

  private static final String PATH = "/";
  private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain;charset=UTF-8");

  private final PodIdentity podIdentity;
  private final ObjectMapper json;
  private final Page page = Page.read("page.html", PageResource.class);
  private final PageResource shown;
  private final boolean hasContent;

  RootFilter(
      PodIdentity podIdentity, PageResource shown, ObjectMapper json, ContentConfig content) {
    this.podIdentity = podIdentity;
    this.shown = shown;
    this.json = json;
    this.hasContent = content.content().isPresent();
  }

  @Produces
  @Singleton
  static Offer representations() {
    return Offer.of(PATH, Representation.TEXT, Representation.JSON, Representation.HTML);
  }

  void register(@Observes Filters filters) {
    filters.register(this::answer, LAST);
  }

  private void answer(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (!PATH.equals(context.request().path())
        || method != HttpMethod.GET && method != HttpMethod.HEAD) {
      context.next();
      return;
    }
    String representation = context.request().getHeader(HttpHeaders.ACCEPT);
    HttpServerResponse response = context.response();
    if (MediaType.APPLICATION_JSON.equals(representation)) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
      end(response, method, () -> asJson(podIdentity.asked()));
    } else if (hasContent) {
      context.next();
    } else if (MediaType.TEXT_HTML.equals(representation)) {
      page.headers().forEach(response::putHeader);
      end(response, method, this::html);
    } else {
      response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT);
      end(response, method, podIdentity::askedForText);
    }
  }

  /** HEAD does not get a request number, because its answer has no body to show it. */
  private static void end(HttpServerResponse response, HttpMethod method, Supplier<String> body) {
    if (method == HttpMethod.HEAD) {
      response.end();
    } else {
      response.end(body.get());
    }
  }

  private String html() {
    podIdentity.asked();
    return page.showing(asJson(shown.now()));
  }

  private String asJson(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException noJson) {
      throw new IllegalStateException(noJson);
    }
  }
}
