package io.podlab.token.access;

import io.podlab.kit.http.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The response for an error, to which headers can be added. */
public final class ProblemResponse {
  private ProblemResponse() {}

  /**
   * JSON if the client asks for it: the kit's negotiation has replaced its {@code Accept} header by
   * {@code application/json}. Text for all others: for a header that is absent, that accepts
   * anything, or that names only types that we do not have.
   */
  public static Response.ResponseBuilder of(Problem problem, HttpHeaders request) {
    boolean json = MediaType.APPLICATION_JSON.equals(request.getHeaderString(HttpHeaders.ACCEPT));
    return Response.status(problem.status())
        .type(json ? Problem.JSON : MediaType.TEXT_PLAIN + ";charset=UTF-8")
        .entity(problem);
  }
}
