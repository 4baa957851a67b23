package io.podlab.demo.endpoints;

import io.podlab.kit.text.Printable;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers a path that is not there with those that are. */
final class UnknownPathMapper {
  private static final String PROBLEM = "application/problem+json";
  private static final String TEXT = "text/plain;charset=UTF-8";

  private final Endpoints endpoints;

  UnknownPathMapper(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  @ServerExceptionMapper
  Response map(NotFoundException unknown, HttpHeaders headers, UriInfo uri) {
    // As package http leaves the header: either of the two.
    boolean json = MediaType.APPLICATION_JSON.equals(headers.getHeaderString(HttpHeaders.ACCEPT));
    return Response.status(Response.Status.NOT_FOUND)
        .type(json ? PROBLEM : TEXT)
        .entity(UnknownPath.of(Printable.line(uri.getPath()), endpoints.all()))
        .build();
  }
}
