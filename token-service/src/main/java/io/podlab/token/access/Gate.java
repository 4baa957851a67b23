package io.podlab.token.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.kit.http.Problem;
import io.podlab.kit.text.Printable;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Lets a request pass, or says why not; and counts both. */
@Startup // so that its metrics are there before the first request
@Singleton
class Gate {
  private static final Logger LOG = Logger.getLogger("io.podlab.token.audit");
  private static final String REALM = "Bearer realm=\"token-service\"";

  private final Authority authority;
  private final Map<Result, Counter> results = new EnumMap<>(Result.class);

  private enum Result {
    ALLOWED,
    UNAUTHENTICATED,
    DENIED,
    UNAVAILABLE
  }

  /** One of the two. */
  record Passage(Optional<String> user, Optional<Response> refusal) {
    static Passage of(String user) {
      return new Passage(Optional.of(user), Optional.empty());
    }

    static Passage refused(Response refusal) {
      return new Passage(Optional.empty(), Optional.of(refusal));
    }
  }

  @Inject
  Gate(Authority authority, MeterRegistry meters) {
    this.authority = authority;
    for (Result result : Result.values()) {
      results.put(
          result,
          Counter.builder("lab.token.auth")
              .description("Requests for what is not open to everybody")
              .tag("result", result.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
  }

  /**
   * @throws BackendUnavailableException if there is no telling now
   */
  Passage check(Right right, HttpHeaders headers) {
    Optional<String> bearer = Bearer.of(headers.getRequestHeader(HttpHeaders.AUTHORIZATION));
    if (bearer.isEmpty()) {
      count(Result.UNAUTHENTICATED);
      return Passage.refused(
          unauthorized(
              "this asks for the header \"Authorization: Bearer …\" with " + authority.hint(),
              REALM,
              headers));
    }
    Decision decision;
    try {
      decision = authority.decide(bearer.get(), right);
    } catch (BackendUnavailableException away) {
      count(Result.UNAVAILABLE);
      throw away;
    }
    if (decision instanceof Decision.Allowed allowed) {
      count(Result.ALLOWED);
      return Passage.of(allowed.user());
    }
    if (decision instanceof Decision.Denied denied) {
      count(Result.DENIED);
      LOG.infof("denied to %s, who %s", Printable.quoted(denied.user()), right.denial());
      return Passage.refused(forbidden(denied.user(), right, headers));
    }
    count(Result.UNAUTHENTICATED);
    return Passage.refused(
        unauthorized(
            "nobody is known by this bearer token, or it has expired or is meant for another"
                + " audience; accepted is "
                + authority.hint(),
            REALM + ", error=\"invalid_token\"",
            headers));
  }

  private void count(Result result) {
    results.get(result).increment();
  }

  private static Response unauthorized(String why, String challenge, HttpHeaders headers) {
    return Answer.of(Problem.of(Status.UNAUTHORIZED.getStatusCode(), why), headers)
        .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
        .build();
  }

  private static Response forbidden(String user, Right right, HttpHeaders headers) {
    return Answer.of(
            Problem.of(
                Status.FORBIDDEN.getStatusCode(),
                "user %s %s".formatted(Printable.quoted(user), right.denial())),
            headers)
        .header(HttpHeaders.WWW_AUTHENTICATE, REALM + ", error=\"insufficient_scope\"")
        .build();
  }
}
