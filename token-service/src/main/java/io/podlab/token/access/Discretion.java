package io.podlab.token.access;

import io.podlab.kit.http.Problem;
import io.podlab.token.bootstrap.SecretHalves;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Keeps tokens where they belong: what a client has sent to the wrong place, such as one in a path,
 * no error repeats, and no answer is for a cache.
 */
final class Discretion {
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
              problem.accepted()));
    }
  }
}
