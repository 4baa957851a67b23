package io.podlab.kit.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps exceptions of requests to {@link Problem}s. */
final class ProblemMapper {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  private final Endpoints endpoints;

  ProblemMapper(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  @ServerExceptionMapper
  Response map(ProblemException failure, HttpHeaders headers) {
    return answer(failure.problem(), headers).build();
  }

  /** Errors of Quarkus REST itself: unknown paths, methods and media types. */
  @ServerExceptionMapper
  Response map(
      WebApplicationException failure, HttpHeaders headers, UriInfo uri, RoutingContext request) {
    String path = uri.getPath();
    if (failure instanceof NotFoundException) {
      // Its metrics have the label NOT_FOUND, so the path needs no hiding.
      UnknownPath unknown = UnknownPath.of(path, RequestId.current(), endpoints.all());
      return Problem.response(unknown.status(), unknown, headers).build();
    }
    if (failure instanceof NotAllowedException) {
      return endpoints
          .methods(request.request().path())
          .map(
              methods ->
                  answer(methods.notAllowed(), headers).header(HttpHeaders.ALLOW, methods.allow()))
          .orElseGet(
              () -> answer(Problem.of(405, "this path does not accept this method"), headers))
          .build();
    }
    int status = failure.getResponse().getStatus();
    if (status >= 500) {
      return map((Throwable) failure, headers);
    }
    String detail;
    if (failure instanceof NotAcceptableException) {
      detail = "none of the media types in Accept is available; use text/plain, application/json";
    } else if (failure instanceof NotSupportedException) {
      detail = path + " does not accept this Content-Type; /q/openapi lists the accepted types";
    } else {
      detail = "the request is not valid; /q/openapi describes valid requests";
    }
    return answer(Problem.of(status, detail), headers).build();
  }

  /** A bug of the service: the log shows the exception, the client does not see it. */
  @ServerExceptionMapper
  Response map(Throwable failure, HttpHeaders headers) {
    LOG.errorf(failure, "request %s failed with an internal error", RequestId.current());
    return answer(Problem.of(500, "internal error; see the service's log"), headers).build();
  }

  private static Response.ResponseBuilder answer(Problem problem, HttpHeaders headers) {
    Refusal.hidePath();
    return problem.response(headers);
  }
}
