package io.podlab.demo.parameter;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
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
                throw new ProblemException(
                    Problem.badField(name, "the value is empty", "a value, or omit the parameter"));
              }
            });
  }
}
