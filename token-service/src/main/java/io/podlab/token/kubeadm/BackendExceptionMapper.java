package io.podlab.token.kubeadm;

import io.podlab.kit.http.Problem;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.TooManyTokensException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Maps an unavailable backend to 503 and a reached limit to 429, both with {@code Retry-After}. */
final class BackendExceptionMapper {
  private static final Logger LOG = Logger.getLogger(BackendExceptionMapper.class);
  private static final int RETRY_AFTER_SECONDS = 2;

  @ServerExceptionMapper
  Response map(BackendUnavailableException failure, HttpHeaders headers) {
    LOG.debug("the backend is unavailable", failure);
    return Problem.of(503, failure.getMessage()).response(headers).build();
  }

  @ServerExceptionMapper
  Response map(TooManyTokensException refusal, HttpHeaders headers) {
    Response.ResponseBuilder answer = Problem.of(429, refusal.getMessage()).response(headers);
    refusal
        .retryAfter()
        .ifPresent(
            wait ->
                answer.header(HttpHeaders.RETRY_AFTER, wait.plusNanos(999_999_999).toSeconds()));
    return answer.build();
  }

  @ServerResponseFilter
  void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == 503) {
      response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
  }
}
