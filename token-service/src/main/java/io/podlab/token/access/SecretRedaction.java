package io.podlab.token.access;

import io.podlab.kit.http.Problem;
import io.podlab.token.bootstrap.SecretHalves;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Keeps secret halves out of errors, which may repeat what a client sent to the wrong place, such
 * as a token in a path; and answers out of caches.
 */
final class SecretRedaction {
  @ServerResponseFilter
  void filter(ContainerResponseContext response) {
    response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    // A 403 names the user and the right, both long, and nothing that the client has written.
    if (response.getEntity() instanceof Problem problem
        && problem.status() != Status.FORBIDDEN.getStatusCode()) {
      response.setEntity(
          new Problem(
              problem.title(),
              problem.status(),
              SecretHalves.masked(problem.detail()),
              problem.field() == null ? null : SecretHalves.masked(problem.field()),
              problem.accepted(),
              problem.requestId()));
    }
  }
}
