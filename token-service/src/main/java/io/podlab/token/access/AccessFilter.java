package io.podlab.token.access;

import io.podlab.kit.http.Refusal;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.security.Principal;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Stands before every endpoint, once it is known which one it is and before its body is looked at.
 * What lies outside Quarkus REST, as health, metrics and the OpenAPI document do, is open.
 */
@Singleton
class AccessFilter {
  private final Instance<Gate> gate;
  private final Caller caller;

  /**
   * @param gate not before it is needed: filters are made while configuration is not yet complete
   */
  @Inject
  AccessFilter(Instance<Gate> gate, Caller caller) {
    this.gate = gate;
    this.caller = caller;
  }

  @ServerRequestFilter
  Optional<Response> check(
      ContainerRequestContext request, ResourceInfo endpoint, UriInfo uri, HttpHeaders headers) {
    Refusal.hidePath();
    String template =
        Right.template(
            endpoint.getResourceClass().getAnnotation(Path.class),
            endpoint.getResourceMethod().getAnnotation(Path.class));
    String token =
        uri.getPathParameters().values().stream()
            .map(values -> values.get(0))
            .findFirst()
            .orElse("");
    Optional<Right> right = Right.of(request.getMethod(), template, token);
    if (right.isEmpty()) {
      return Optional.empty();
    }
    Gate.Passage passage = gate.get().check(right.get(), headers);
    passage
        .user()
        .ifPresent(
            user -> {
              caller.is(user);
              request.setSecurityContext(new Bearing(user, request.getSecurityContext()));
            });
    return passage.refusal();
  }

  /** What Jakarta REST tells a resource of its caller. */
  private record Bearing(String user, SecurityContext before) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return () -> user;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }

    @Override
    public boolean isSecure() {
      return before.isSecure();
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
