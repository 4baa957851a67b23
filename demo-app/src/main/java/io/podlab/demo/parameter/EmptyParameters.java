package io.podlab.demo.parameter;

import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses an empty parameter, such as {@code ?code=}, with 400. */
final class EmptyParameters {
  @NoEmptyParameters
  @ServerRequestFilter
  void refuse(UriInfo uri) {
    uri.getQueryParameters()
        .forEach(
            (name, values) -> {
              if (values.contains("")) {
                throw RequestParameter.refused(
                    name, "", "is empty", "a value, or leave the parameter out for its default");
              }
            });
  }
}
