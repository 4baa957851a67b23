package io.podlab.token.access;

import io.podlab.token.http.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An error that comes with a header. */
final class Answer {
  private Answer() {}

  /** What the client accepts has been reduced to one of our two types. */
  static Response of(Problem problem, HttpHeaders request, String header, String value) {
    boolean json = MediaType.APPLICATION_JSON.equals(request.getHeaderString(HttpHeaders.ACCEPT));
    return Response.status(problem.status())
        .header(header, value)
        .type(json ? Problem.JSON : MediaType.TEXT_PLAIN + ";charset=UTF-8")
        .entity(problem)
        .build();
  }
}
