package io.podlab.config.greeting;

import io.podlab.config.reload.Loaded;
import io.podlab.config.reload.Reloader;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalTime;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** {@code GET /greeting}. */
@Singleton
@Path("/greeting")
@Tag(name = "greeting", description = "A greeting that uses the configuration")
public final class GreetingResource {
  private static final Logger LOG = Logger.getLogger(GreetingResource.class);

  private final Reloader reloader;
  private final Clock clock;

  GreetingResource(Reloader reloader, Clock clock) {
    this.reloader = reloader;
    this.clock = clock;
  }

  @GET
  @NonBlocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "greeting",
      summary = "Get a greeting that uses the configuration",
      description =
          "Uses the keys greeting and color. The feature shout writes the greeting in capitals; the"
              + " feature time adds the time of day. The response lists the features that are on. With"
              + " log.level DEBUG, the service logs each greeting.")
  public Greeting greeting() {
    Loaded loaded = reloader.state().loaded();
    LOG.debugf("greeting with revision %s", loaded.snapshot().revision());
    return Greeting.of(loaded.settings(), loaded.snapshot().revision(), LocalTime.now(clock));
  }
}
