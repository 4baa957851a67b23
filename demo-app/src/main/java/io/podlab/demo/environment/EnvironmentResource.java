package io.podlab.demo.environment;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /env}: the variables that may be shown. */
@Singleton
@NonBlocking
@Path("/env")
@Tag(name = "environment", description = "The container's environment")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
public final class EnvironmentResource {
  /** A process's environment does not change. */
  private final Environment environment;

  EnvironmentResource(EnvironmentConfig config) {
    this.environment =
        Environment.visible(
            System.getenv(), config.env().map(names -> Set.copyOf(names.items())).orElse(Set.of()));
  }

  @GET
  @Operation(
      operationId = "environment",
      summary = "Environment variables",
      description =
          "Those that begin with LAB_ or are listed in LAB_DEMO_ENV, and no other: secrets live among"
              + " them. As JSON an object.")
  public Environment environment() {
    return environment;
  }
}
