package io.podlab.demo.delay;

import io.podlab.demo.parameter.RequestParameter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code GET /delay/10s} or {@code /delay/10}: answers after a delay, without a waiting thread. */
@Path("/delay/{duration}")
@Tag(name = "delay", description = "Slow responses")
public final class DelayResource {
  @GET
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "delay",
      summary = "Respond after a delay",
      description = "Use it to see what happens to a request in flight when its pod stops.")
  @APIResponse(responseCode = "200", description = "The delay has ended")
  @APIResponse(responseCode = "400", description = "The duration is invalid or out of range")
  // The delay ends when the client disconnects.
  @Cancellable
  public Uni<Delay> delay(
      @PathParam("duration")
          @Parameter(
              description = "0s to 5m; a number without a unit is in seconds",
              example = "10s")
          String duration) {
    Delay delay =
        new Delay(
            RequestParameter.durationOrSeconds("duration", duration, Duration.ZERO, Delay.LONGEST));
    // Timers have a resolution of one millisecond.
    return delay.duration().toMillis() == 0
        ? Uni.createFrom().item(delay)
        : Uni.createFrom().item(delay).onItem().delayIt().by(delay.duration());
  }
}
