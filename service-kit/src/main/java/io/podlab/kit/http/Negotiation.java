package io.podlab.kit.http;

import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one place that decides in which representation a request is answered. It replaces the {@code
 * Accept} header by the one media type that was chosen, which is what Quarkus REST then looks for.
 *
 * <p>A path is answered as text or JSON, unless an {@link Offer} says otherwise. {@code ?follow}
 * asks for a stream where there is one, as {@code Accept: text/event-stream} does. A header that
 * cannot be parsed asks for nothing special.
 */
@Singleton
public final class Negotiation {
  private static final int FIRST = 1100;
  private static final String AS_SENT = Negotiation.class.getName();
  private static final String ANYTHING = "*/*";
  private static final List<Representation> BY_DEFAULT =
      List.of(Representation.TEXT, Representation.JSON);

  private final List<Offer> offers;

  Negotiation(@All List<Offer> offers) {
    this.offers = offers;
  }

  /** Quarkus compares the header as a text: it refuses all but a few spellings. */
  @Produces
  @Singleton
  static Offer metrics() {
    return Offer.of("/metrics", Representation.TEXT, Representation.OPEN_METRICS);
  }

  void register(@Observes Filters filters) {
    filters.register(this::negotiate, FIRST);
  }

  private void negotiate(RoutingContext context) {
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
    List<Representation> offered = offered(request.path());
    Optional<Representation> chosen = choose(offered, request);
    if (chosen.isEmpty() && offered != BY_DEFAULT) {
      Refusal.send(context, notAcceptable(offered));
    } else if (chosen.equals(Optional.of(Representation.EVENTS))
        && request.method() == HttpMethod.HEAD) {
      // A stream has no end, and an answer without content needs one.
      context.response().putHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS).end();
    } else {
      // Without a choice the header stays: the path may have a type of its own.
      chosen.ifPresent(one -> setAccept(context, one.header()));
      context.next();
    }
  }

  private static Optional<Representation> choose(
      List<Representation> offered, HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    if (offered.size() == 1) {
      return Optional.of(offered.get(0));
    }
    if (offered.contains(Representation.EVENTS) && follows(request)) {
      return Optional.of(Representation.EVENTS);
    }
    return offered == BY_DEFAULT && (accept == null || accept.equals(ANYTHING))
        ? Optional.empty()
        : Representation.choose(offered, accept);
  }

  private static Problem notAcceptable(List<Representation> offered) {
    return Problem.of(
        406,
        offered.stream()
            .map(Representation::header)
            .collect(Collectors.joining(", ", "this is available as ", "")));
  }

  private List<Representation> offered(String path) {
    for (Offer offer : offers) {
      if (offer.isFor(path)) {
        return offer.representations();
      }
    }
    return BY_DEFAULT;
  }

  private static boolean follows(HttpServerRequest request) {
    if (request.query() == null) {
      return false;
    }
    String value = request.params().get("follow");
    return value != null && !value.equals("false") && !value.equals("0");
  }

  private static void setAccept(RoutingContext context, String accept) {
    MultiMap headers = context.request().headers();
    context.put(AS_SENT, MultiMap.caseInsensitiveMultiMap().addAll(headers));
    headers.set(HttpHeaders.ACCEPT, accept);
  }

  /** The headers of a request as its client sent them, in their order and spelling. */
  public static MultiMap headersAsSent(RoutingContext context) {
    MultiMap kept = context.get(AS_SENT);
    return kept == null ? context.request().headers() : kept;
  }

  private static boolean isMediaType(String text) {
    try {
      MediaType.valueOf(text);
      return true;
    } catch (RuntimeException malformed) {
      return false;
    }
  }
}
