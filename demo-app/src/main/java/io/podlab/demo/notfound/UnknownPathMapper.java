package io.podlab.demo.notfound;

import io.podlab.kit.http.Endpoints;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.RequestId;
import io.podlab.kit.text.Printable;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers an unknown path with 404 and the list of endpoints. */
final class UnknownPathMapper {
  private final Endpoints endpoints;

  UnknownPathMapper(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  @ServerExceptionMapper
  Response map(NotFoundException unknown, HttpHeaders headers, UriInfo uri) {
    return Problem.response(
            Response.Status.NOT_FOUND.getStatusCode(),
            UnknownPath.of(Printable.line(uri.getPath()), RequestId.current(), endpoints.all()),
            headers)
        .build();
  }
}
