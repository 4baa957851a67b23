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

/** Turns whatever ends a request into a {@link Problem}. */
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

  /**
   * What Quarkus REST itself refuses: an unknown path, a method or media type that is not there.
   */
  @ServerExceptionMapper
  Response map(
      WebApplicationException failure, HttpHeaders headers, UriInfo uri, RoutingContext request) {
    String path = uri.getPath();
    if (failure instanceof NotFoundException) {
      // What is not there has a label of its own.
      return Problem.nothingAt(path).response(headers).build();
    }
    if (failure instanceof NotAllowedException) {
      return endpoints
          .methods(request.request().path())
          .map(
              methods ->
                  answer(methods.notAllowed(), headers).header(HttpHeaders.ALLOW, methods.allow()))
          .orElseGet(() -> answer(Problem.of(405, "this path does not take this method"), headers))
          .build();
    }
    int status = failure.getResponse().getStatus();
    if (status >= 500) {
      return map((Throwable) failure, headers);
    }
    String detail;
    if (failure instanceof NotAcceptableException) {
      detail = "this is available as text/plain, application/json";
    } else if (failure instanceof NotSupportedException) {
      detail = "the body's Content-Type is not one that " + path + " takes; see /q/openapi";
    } else {
      detail = "the request cannot be understood; /q/openapi describes it";
    }
    return answer(Problem.of(status, detail), headers).build();
  }

  /** A mistake of ours: the log gets all of it, the client nothing. */
  @ServerExceptionMapper
  Response map(Throwable failure, HttpHeaders headers) {
    LOG.errorf(failure, "a request failed: %s", RequestId.current());
    return answer(Problem.of(500, "internal error; see the service's log"), headers).build();
  }

  private static Response.ResponseBuilder answer(Problem problem, HttpHeaders headers) {
    Refusal.hidePath();
    return problem.response(headers);
  }
}
