package io.podlab.probe.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;

/**
 * Makes of a request's headers what the resources understand, and refuses what no one does. Without
 * it a header that cannot be parsed is a 500 with a stack trace in the log.
 */
final class RequestHeaders {
  private static final int FIRST = 1100;

  void register(@Observes Filters filters) {
    filters.register(RequestHeaders::check, FIRST);
  }

  private static void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method() == HttpMethod.OPTIONS) {
      // Quarkus REST answers it itself.
      Refusal.hidePath();
    }
    String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (contentType != null && !isMediaType(contentType)) {
      Refusal.send(
          context,
          Problem.badField(
              "Content-Type", "it is no media type", "such as application/json; none for none"));
      return;
    }
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    if (accept != null) {
      simplified(accept).ifPresent(type -> request.headers().set(HttpHeaders.ACCEPT, type));
    }
    context.next();
  }

  private static boolean isMediaType(String text) {
    try {
      MediaType.valueOf(text);
      return true;
    } catch (RuntimeException malformed) {
      return false;
    }
  }

  /**
   * The one of our two media types that the client wants most, as its name alone; text for a header
   * that means nothing. Empty, for the header to stay as it is, if it names neither.
   */
  static Optional<String> simplified(String accept) {
    List<MediaType> wanted;
    try {
      wanted = MediaTypeHelper.parseHeader(accept);
    } catch (RuntimeException malformed) {
      return Optional.of(MediaType.TEXT_PLAIN);
    }
    if (wanted.isEmpty()) {
      return Optional.of(MediaType.TEXT_PLAIN);
    }
    MediaTypeHelper.sortByWeight(wanted);
    for (MediaType type : wanted) {
      String subtype = type.getSubtype();
      if (type.isWildcardType() || type.getType().equals("text") && plainOrAny(subtype)) {
        return Optional.of(MediaType.TEXT_PLAIN);
      }
      if (type.getType().equals("application")
          && (subtype.equals("json") || subtype.endsWith("+json") || subtype.equals("*"))) {
        return Optional.of(MediaType.APPLICATION_JSON);
      }
    }
    return Optional.empty();
  }

  private static boolean plainOrAny(String subtype) {
    return subtype.equals("plain") || subtype.equals("*");
  }
}
