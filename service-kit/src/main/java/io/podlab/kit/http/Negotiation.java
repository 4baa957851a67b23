package io.podlab.kit.http;

import io.podlab.kit.text.Printable;
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
 * Decides whether a path accepts the method of a request, and which representation the answer has.
 * It replaces the {@code Accept} header with the media type that it chose, which Quarkus REST then
 * uses.
 *
 * <p>An answer is text or JSON unless an {@link Offer} lists other representations. {@code ?follow}
 * requests a stream if the path has one, as {@code Accept: text/event-stream} does. An {@code
 * Accept} header that cannot be parsed is ignored.
 */
@Singleton
public final class Negotiation {
  /** After the body is read, so that no answer leaves part of a request on the connection. */
  private static final int AFTER_THE_BODY = 950;

  private static final String ANYTHING = "*/*";

  /** The number of characters of a header that an error repeats. */
  private static final int MOST_REPEATED = 100;

  /** Matches the encoded query; the resource reports a query that cannot be decoded. */
  private static final Pattern FOLLOW = Pattern.compile("(^|&)follow(=(1|true))?(&|$)");

  /** Quarkus answers every path below these, so a client could choose any path. */
  private static final List<String> OPEN = List.of("/metrics/", "/q/health/group/");

  static final List<Representation> TEXT_OR_JSON =
      List.of(Representation.TEXT, Representation.JSON);

  private final Endpoints endpoints;
  private final PathTable<Offer> offers = new PathTable<>();

  Negotiation(Endpoints endpoints, @All List<Offer> offers) {
    this.endpoints = endpoints;
    offers.forEach(offer -> this.offers.put(offer.path(), offer));
  }

  /** Quarkus compares the {@code Accept} header as text and rejects most valid headers. */
  @Produces
  @Singleton
  static Offer metrics() {
    return Offer.always("/metrics", Representation.TEXT, Representation.OPEN_METRICS);
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, AFTER_THE_BODY);
  }

  /** Quarkus REST rejects a GET for a path without one, so GET does not need the endpoint list. */
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
      // Without the path, which can contain a secret.
      Refusal.send(
          context,
          Problem.of(404, "no endpoint at this path; /q/openapi lists all endpoints"),
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
              "'%s' is not a media type".formatted(Printable.line(contentType, MOST_REPEATED)),
              "a media type such as application/json, or omit the header"));
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
      // A stream does not end, but a HEAD answer must: use the representation of the current state.
      setAccept(context, offer.get().representations().get(0).header());
      context.addHeadersEndHandler(end -> setStreamContentType(context.response()));
      context.next();
    } else {
      // Without a choice the header stays, because the path can have its own media type.
      chosen.ifPresent(one -> setAccept(context, one.header()));
      context.next();
    }
  }

  private static boolean isStream(Offer offer, Optional<Representation> chosen) {
    return offer.hasStream() && chosen.equals(Optional.of(Representation.EVENTS));
  }

  private static void setStreamContentType(HttpServerResponse response) {
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

  /** Joins repeated headers with commas (RFC 9110, section 5.3). */
  static String accept(HttpServerRequest request) {
    List<String> all = request.headers().getAll(HttpHeaders.ACCEPT);
    return all.isEmpty() ? null : String.join(",", all);
  }

  private static Problem notAcceptable(Offer offer) {
    return Problem.of(
        406,
        offer.representations().stream()
            .map(Representation::header)
            .collect(
                Collectors.joining(
                    ", ", "none of the media types in Accept is available; use ", "")));
  }

  private static void setAccept(RoutingContext context, String accept) {
    OriginalRequest.keepHeaders(context);
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
