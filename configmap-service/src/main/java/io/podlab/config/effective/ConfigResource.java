package io.podlab.config.reload;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /config}: the configuration that is in effect. */
@Path("/config")
@Tag(name = "config", description = "Live configuration")
public final class ConfigResource {
  private final Reloader reloader;

  @Inject
  ConfigResource(Reloader reloader) {
    this.reloader = reloader;
  }

  @GET
  @NonBlocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "config",
      summary = "The configuration in effect",
      description = "Follows the directory within a second, without a restart.")
  public EffectiveConfig config() {
    return EffectiveConfig.of(reloader.loaded(), reloader.source().toString());
  }
}
