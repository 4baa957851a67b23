package io.podlab.token.access;

import io.podlab.kit.http.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An error on its way to a client. */
public final class Answer {
  private Answer() {}

  /** What the client accepts has been reduced to one of our two types. */
  public static Response.ResponseBuilder of(Problem problem, HttpHeaders request) {
    boolean json = MediaType.APPLICATION_JSON.equals(request.getHeaderString(HttpHeaders.ACCEPT));
    return Response.status(problem.status())
        .type(json ? Problem.JSON : MediaType.TEXT_PLAIN + ";charset=UTF-8")
        .entity(problem);
  }
}
