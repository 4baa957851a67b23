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
import java.util.regex.Pattern;
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

  /** Not decoded: what cannot be decoded is refused later, with what the path takes. */
  private static final Pattern FOLLOW = Pattern.compile("(^|&)follow(?!=(0|false)(&|$))(=|&|$)");

  static final List<Representation> TEXT_OR_JSON =
      List.of(Representation.TEXT, Representation.JSON);

  private final List<Offer> offers;

  Negotiation(@All List<Offer> offers) {
    this.offers = offers;
  }

  /** Quarkus compares the header as a text: it refuses all but a few spellings. */
  @Produces
  @Singleton
  static Offer metrics() {
    return new Offer(
        Pattern.compile("/metrics"),
        List.of(Representation.TEXT, Representation.OPEN_METRICS),
        Optional.of(Representation.TEXT));
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
              "Content-Type", "it is not a media type", "such as application/json, or no header"));
      return;
    }
    Optional<Offer> offer = offers.stream().filter(one -> one.isFor(request.path())).findFirst();
    Optional<Representation> chosen =
        offer.isPresent() ? choose(offer.get(), request) : chooseTextOrJson(request);
    if (chosen.isEmpty() && offer.isPresent()) {
      Refusal.send(context, notAcceptable(offer.get()));
    } else if (request.method() == HttpMethod.HEAD
        && chosen.equals(Optional.of(Representation.EVENTS))) {
      // A stream has no end, and an answer without content needs one.
      context.response().putHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS).end();
    } else {
      // Without a choice the header stays: the path may have a type of its own.
      chosen.ifPresent(one -> setAccept(context, one.header()));
      context.next();
    }
  }

  private static Optional<Representation> chooseTextOrJson(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept == null || accept.equals(ANYTHING)
        ? Optional.empty()
        : Representation.choose(TEXT_OR_JSON, accept);
  }

  private static Optional<Representation> choose(Offer offer, HttpServerRequest request) {
    List<Representation> offered = offer.representations();
    if (offer.hasChoice() && offered.contains(Representation.EVENTS)) {
      if (request.method() == HttpMethod.HEAD) {
        offered = offered.stream().filter(one -> one != Representation.EVENTS).toList();
        return Representation.choose(offered, request.getHeader(HttpHeaders.ACCEPT))
            .or(() -> offer.representations().stream().findFirst());
      }
      if (request.query() != null && FOLLOW.matcher(request.query()).find()) {
        return Optional.of(Representation.EVENTS);
      }
    }
    return Representation.choose(offered, request.getHeader(HttpHeaders.ACCEPT))
        .or(offer::fallback);
  }

  private static Problem notAcceptable(Offer offer) {
    return Problem.of(
        406,
        offer.representations().stream()
            .map(Representation::header)
            .collect(Collectors.joining(", ", "this is available as ", "")));
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
