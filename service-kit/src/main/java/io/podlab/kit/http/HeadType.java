package io.podlab.kit.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Gives the answer to a HEAD the type that the GET has. Quarkus REST finds the type of a {@code
 * Response} that names none when it writes the entity, which it does not for HEAD.
 */
final class HeadType {
  @ServerResponseFilter
  void set(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getMethod().equals("HEAD")
        && response.hasEntity()
        && response.getMediaType() == null) {
      boolean json = MediaType.APPLICATION_JSON.equals(request.getHeaderString(HttpHeaders.ACCEPT));
      response
          .getHeaders()
          .putSingle(
              HttpHeaders.CONTENT_TYPE,
              (json ? MediaType.APPLICATION_JSON : MediaType.TEXT_PLAIN) + ";charset=UTF-8");
    }
  }
}
