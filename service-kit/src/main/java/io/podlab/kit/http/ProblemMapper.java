package io.podlab.kit.http;

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

  @ServerExceptionMapper
  Response map(ProblemException failure, HttpHeaders headers) {
    return answer(failure.problem(), headers, null);
  }

  /**
   * What Quarkus REST itself refuses: an unknown path, a method or media type that is not there.
   */
  @ServerExceptionMapper
  Response map(WebApplicationException failure, HttpHeaders headers, UriInfo uri) {
    Response original = failure.getResponse();
    String path = uri.getPath();
    String detail;
    if (failure instanceof NotFoundException) {
      detail = "nothing is at " + path + "; /q/openapi lists what there is";
    } else if (failure instanceof NotAllowedException) {
      detail = path + " does not take this method; /q/openapi lists what it takes";
    } else if (failure instanceof NotAcceptableException) {
      detail = "this is available as text/plain, application/json";
    } else if (failure instanceof NotSupportedException) {
      detail = "the body's Content-Type is not one that " + path + " takes; see /q/openapi";
    } else if (original.getStatus() >= 500) {
      return map((Throwable) failure, headers);
    } else {
      detail = "the request cannot be understood; /q/openapi describes it";
    }
    return answer(Problem.of(original.getStatus(), detail), headers, original);
  }

  /** A mistake of ours: the log gets all of it, the client nothing. */
  @ServerExceptionMapper
  Response map(Throwable failure, HttpHeaders headers) {
    LOG.error("a request failed", failure);
    return answer(Problem.of(500, "internal error; see the service's log"), headers, null);
  }

  private static Response answer(Problem problem, HttpHeaders headers, Response original) {
    // What is not there has a label of its own.
    if (original == null || problem.status() != Response.Status.NOT_FOUND.getStatusCode()) {
      Refusal.hidePath();
    }
    Response.ResponseBuilder answer = problem.response(headers);
    if (original != null && original.getHeaderString(HttpHeaders.ALLOW) != null) {
      answer.header(HttpHeaders.ALLOW, original.getHeaderString(HttpHeaders.ALLOW));
    }
    return answer.build();
  }
}
