package io.podlab.kit.http;

import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
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
 * The one place that decides whether a path takes a request's method, and in which representation
 * it is answered. It replaces the {@code Accept} header by the one media type that was chosen,
 * which is what Quarkus REST then looks for.
 *
 * <p>A path is answered as text or JSON, unless an {@link Offer} says otherwise. {@code ?follow}
 * asks for a stream where there is one, as {@code Accept: text/event-stream} does. A header that
 * cannot be parsed asks for nothing special.
 */
@Singleton
public final class Negotiation {
  /** After the body is read, so that no answer leaves half a request on the connection. */
  private static final int AFTER_THE_BODY = 950;

  private static final String ANYTHING = "*/*";

  /** Not decoded: what cannot be decoded is refused later, with what the path takes. */
  private static final Pattern FOLLOW = Pattern.compile("(^|&)follow(=(1|true))?(&|$)");

  /** Quarkus answers whatever is below these paths, and anyone can choose one. */
  private static final List<String> OPEN = List.of("/metrics/", "/q/health/group/");

  static final List<Representation> TEXT_OR_JSON =
      List.of(Representation.TEXT, Representation.JSON);

  private final Endpoints endpoints;
  private final PathTable<Offer> offers = new PathTable<>();

  Negotiation(Endpoints endpoints, @All List<Offer> offers) {
    this.endpoints = endpoints;
    offers.forEach(offer -> this.offers.put(offer.path(), offer));
  }

  /** Quarkus compares the header as a text: it refuses all but a few spellings. */
  @Produces
  @Singleton
  static Offer metrics() {
    return Offer.always("/metrics", Representation.TEXT, Representation.OPEN_METRICS);
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, AFTER_THE_BODY);
  }

  /** A GET for a path that has none is refused by Quarkus REST, and needs no look at the list. */
  private void check(RoutingContext context) {
    HttpMethod method = context.request().method();
    String path = context.request().path();
    boolean open = OPEN.stream().anyMatch(path::startsWith);
    if (method == HttpMethod.GET && !open) {
      negotiate(context);
      return;
    }
    Optional<Methods> methods = endpoints.methods(path);
    methods
        .filter(taken -> method == HttpMethod.OPTIONS || !taken.contains(method.name()))
        .ifPresent(taken -> context.response().putHeader(HttpHeaders.ALLOW, taken.allow()));
    if (methods.isEmpty() && (open || method == HttpMethod.OPTIONS)) {
      // Without the path: it may hold a secret.
      Refusal.send(
          context,
          Problem.of(404, "nothing is here; /q/openapi lists what there is"),
          Refusal.NOT_FOUND);
    } else if (method == HttpMethod.OPTIONS) {
      Refusal.label("/OPTIONS");
      RequestId.ensure(context);
      context.response().setStatusCode(204).end();
    } else if (methods.isPresent() && !methods.get().contains(method.name())) {
      Refusal.send(context, methods.get().notAllowed());
    } else {
      negotiate(context);
    }
  }

  private void negotiate(RoutingContext context) {
    HttpServerRequest request = context.request();
    String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (contentType != null && !isMediaType(contentType)) {
      Refusal.send(
          context,
          Problem.badField(
              "Content-Type",
              "it is not a media type",
              "a media type such as application/json, or no header"));
      return;
    }
    Optional<Offer> offer = offers.find(request.path());
    Optional<Representation> chosen =
        offer.isPresent() ? choose(offer.get(), request) : chooseTextOrJson(request);
    if (chosen.isEmpty() && offer.isPresent()) {
      Refusal.send(context, notAcceptable(offer.get()));
    } else if (request.method() == HttpMethod.HEAD
        && offer.isPresent()
        && isStream(offer.get(), chosen)) {
      // A stream has no end, and an answer without content needs one: that of the present state.
      setAccept(context, offer.get().representations().get(0).header());
      context.addHeadersEndHandler(end -> sayThatItStreams(context.response()));
      context.next();
    } else {
      // Without a choice the header stays: the path may have a type of its own.
      chosen.ifPresent(one -> setAccept(context, one.header()));
      context.next();
    }
  }

  private static boolean isStream(Offer offer, Optional<Representation> chosen) {
    return offer.hasStream() && chosen.equals(Optional.of(Representation.EVENTS));
  }

  private static void sayThatItStreams(HttpServerResponse response) {
    if (response.getStatusCode() == 200) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS);
    }
  }

  private static Optional<Representation> chooseTextOrJson(HttpServerRequest request) {
    String accept = accept(request);
    return accept == null || accept.equals(ANYTHING)
        ? Optional.empty()
        : Representation.choose(TEXT_OR_JSON, accept);
  }

  private static Optional<Representation> choose(Offer offer, HttpServerRequest request) {
    if (offer.hasStream() && request.query() != null && FOLLOW.matcher(request.query()).find()) {
      return Optional.of(Representation.EVENTS);
    }
    return Representation.choose(offer.representations(), accept(request)).or(offer::fallback);
  }

  /** Several headers are one, with commas between them. */
  static String accept(HttpServerRequest request) {
    List<String> all = request.headers().getAll(HttpHeaders.ACCEPT);
    return all.isEmpty() ? null : String.join(",", all);
  }

  private static Problem notAcceptable(Offer offer) {
    return Problem.of(
        406,
        offer.representations().stream()
            .map(Representation::header)
            .collect(Collectors.joining(", ", "this is available as ", "")));
  }

  private static void setAccept(RoutingContext context, String accept) {
    AsSent.keepHeaders(context);
    context.request().headers().set(HttpHeaders.ACCEPT, accept);
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
