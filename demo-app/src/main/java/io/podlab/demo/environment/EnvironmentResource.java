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

/** {@code GET /env}: the variables that clients may see. */
@Singleton
@NonBlocking
@Path("/env")
@Tag(name = "environment", description = "The container's environment")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
public final class EnvironmentResource {
  /** Read once: the environment of a process does not change. */
  private final Environment environment;

  EnvironmentResource(EnvironmentConfig config) {
    this.environment =
        Environment.visible(
            System.getenv(), config.env().map(names -> Set.copyOf(names.items())).orElse(Set.of()));
  }

  @GET
  @Operation(
      operationId = "environment",
      summary = "Show environment variables",
      description =
          "Shows the variables that begin with LAB_ or are listed in LAB_DEMO_ENV. Other"
              + " variables stay hidden, because they can contain secrets. As JSON, returns an object.")
  public Environment environment() {
    return environment;
  }
}
