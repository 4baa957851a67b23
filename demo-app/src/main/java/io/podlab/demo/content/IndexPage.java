package io.podlab.demo.content;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * {@code GET /} is the content's {@code index.html}, where there is content. Who asks for JSON is
 * told which pod answers all the same.
 */
final class IndexPage {
  private static final URI INDEX = URI.create("/files/index.html");

  private final boolean hasContent;

  IndexPage(ContentConfig config) {
    this.hasContent = config.content().isPresent();
  }

  @ServerRequestFilter(preMatching = true)
  void toIndex(ContainerRequestContext request) {
    if (hasContent
        && request.getUriInfo().getPath().equals("/")
        && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
        && !MediaType.APPLICATION_JSON.equals(request.getHeaderString(HttpHeaders.ACCEPT))) {
      request.setRequestUri(INDEX);
    }
  }
}
