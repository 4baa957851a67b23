package io.podlab.token.access;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.UnknownPath;
import io.podlab.token.bootstrap.SecretMask;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Masks token secrets in errors, which may repeat a token that a client sent in the wrong place,
 * such as the path. Also forbids caching of responses.
 */
final class SecretRedaction {
  @ServerResponseFilter
  void filter(ContainerResponseContext response) {
    response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    // A 403 contains only the user and the permission. Both can look like a token secret.
    if (response.getEntity() instanceof Problem problem
        && problem.status() != Status.FORBIDDEN.getStatusCode()) {
      response.setEntity(
          new Problem(
              problem.title(),
              problem.status(),
              SecretMask.masked(problem.detail()),
              problem.field() == null ? null : SecretMask.masked(problem.field()),
              problem.accepted(),
              problem.requestId()));
    } else if (response.getEntity() instanceof UnknownPath unknown) {
      response.setEntity(unknown.withDetail(SecretMask.masked(unknown.detail())));
    }
  }
}
