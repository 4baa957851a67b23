package io.podlab.token.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.Refusal;
import io.podlab.kit.text.Printable;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Checks every request to a Quarkus REST endpoint, after routing and before the body is parsed.
 * Health, metrics and the OpenAPI document are outside Quarkus REST and need no token.
 */
@Singleton
final class AccessFilter {
  /** Characters. Tokens of identity providers with many groups have several kilobytes. */
  static final int LONGEST_HEADER = 8 * 1024;

  private static final Logger AUDIT = Logger.getLogger("io.podlab.token.audit");
  private static final String REALM = "Bearer realm=\"token-service\"";

  /** RFC 6750, section 2.1. */
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/-]+=*)");

  private enum Result {
    ALLOWED,
    UNAUTHENTICATED,
    DENIED,
    UNAVAILABLE
  }

  private final Instance<Authorizer> authorizer;
  private final Instance<MeterRegistry> meters;

  /**
   * @param authorizer looked up lazily, like {@code meters}: Quarkus creates filters before the
   *     configuration is complete
   */
  @Inject
  AccessFilter(Instance<Authorizer> authorizer, Instance<MeterRegistry> meters) {
    this.authorizer = authorizer;
    this.meters = meters;
  }

  /** Registers every time series, so that the metric exists before the first request. */
  void register(@Observes StartupEvent started) {
    for (Result result : Result.values()) {
      counter(result);
    }
  }

  private Counter counter(Result result) {
    return Counter.builder("lab.token.auth")
        .description("Number of requests that need a bearer token, by result")
        .tag("result", result.name().toLowerCase(Locale.ROOT))
        .register(meters.get());
  }

  @ServerRequestFilter
  Optional<Response> check(
      ContainerRequestContext request, ResourceInfo endpoint, UriInfo uri, HttpHeaders headers) {
    Refusal.hidePath();
    String template =
        Right.template(
            endpoint.getResourceClass().getAnnotation(Path.class),
            endpoint.getResourceMethod().getAnnotation(Path.class));
    String token =
        uri.getPathParameters().values().stream()
            .map(values -> values.get(0))
            .findFirst()
            .orElse("");
    List<Right> rights = Right.of(request.getMethod(), template, token);
    for (Right right : rights) {
      Optional<Response> refusal = check(right, request, headers);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    if (!rights.isEmpty()) {
      counter(Result.ALLOWED).increment();
    }
    return Optional.empty();
  }

  /** Returns the error response, or empty if the request is allowed. */
  private Optional<Response> check(
      Right right, ContainerRequestContext request, HttpHeaders headers) {
    Optional<String> bearer = bearer(headers.getRequestHeader(HttpHeaders.AUTHORIZATION));
    if (bearer.isEmpty()) {
      counter(Result.UNAUTHENTICATED).increment();
      return refusal(
          401,
          "no bearer token; send the header \"Authorization: Bearer TOKEN\" with "
              + authorizer.get().hint(),
          REALM,
          headers);
    }
    Authorizer.Decision decision;
    try {
      decision = authorizer.get().decide(bearer.get(), right);
    } catch (BackendUnavailableException away) {
      counter(Result.UNAVAILABLE).increment();
      throw away;
    }
    if (decision instanceof Authorizer.Allowed allowed) {
      request.setSecurityContext(new Authenticated(allowed::user, request.getSecurityContext()));
      return Optional.empty();
    }
    if (decision instanceof Authorizer.Denied denied) {
      counter(Result.DENIED).increment();
      AUDIT.infof("denied: user %s %s", Printable.quoted(denied.user()), right.denial());
      return refusal(
          403,
          "user %s %s".formatted(Printable.quoted(denied.user()), right.denial()),
          REALM + ", error=\"insufficient_scope\"",
          headers);
    }
    counter(Result.UNAUTHENTICATED).increment();
    return refusal(
        401,
        "the bearer token is unknown, has expired or was issued for another audience; send "
            + authorizer.get().hint(),
        REALM + ", error=\"invalid_token\"",
        headers);
  }

  private static Optional<Response> refusal(
      int status, String why, String challenge, HttpHeaders headers) {
    return Optional.of(
        Problem.of(status, why)
            .response(headers)
            .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
            .build());
  }

  /**
   * The token of the {@code Authorization} header; empty unless there is exactly one such header
   * and it contains a bearer token.
   */
  static Optional<String> bearer(List<String> headers) {
    if (headers == null || headers.size() != 1 || headers.get(0).length() > LONGEST_HEADER) {
      return Optional.empty();
    }
    Matcher matcher = BEARER.matcher(headers.get(0));
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Makes the caller's name available to the resource. */
  private record Authenticated(Principal caller, SecurityContext before)
      implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }

    @Override
    public boolean isSecure() {
      return before.isSecure();
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
