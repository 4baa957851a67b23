package io.podlab.demo.delay;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.text.Printable;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code GET /delay/10s}: holds no thread while it waits. */
@Path("/delay/{duration}")
@Tag(name = "delay", description = "An answer that takes its time")
public final class DelayResource {
  @GET
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "delay",
      summary = "Answers after a while",
      description = "To see what becomes of a request that is in flight when its pod goes.")
  @APIResponse(responseCode = "200", description = "The time has passed")
  @APIResponse(responseCode = "400", description = "The duration is not one, or too long")
  // Who goes away is not waited for.
  @Cancellable
  public Uni<Delay> delay(
      @PathParam("duration") @Parameter(description = Delay.ACCEPTED, example = "10s")
          String duration) {
    Delay delay = parse(duration);
    // Timers know no less than a millisecond.
    return delay.duration().toMillis() == 0
        ? Uni.createFrom().item(delay)
        : Uni.createFrom().item(delay).onItem().delayIt().by(delay.duration());
  }

  private static Delay parse(String duration) {
    try {
      return Delay.parse(duration);
    } catch (IllegalArgumentException refused) {
      throw new ProblemException(
          Problem.badField("duration", Printable.line(refused.getMessage()), Delay.ACCEPTED));
    }
  }
}
