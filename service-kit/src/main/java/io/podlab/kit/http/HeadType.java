package io.podlab.kit.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Sets the Content-Type of a HEAD answer to that of the GET answer. Quarkus REST chooses the type
 * of a {@code Response} without one when it writes the entity, which it never does for HEAD.
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
