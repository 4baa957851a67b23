package io.podlab.demo.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /}: which pod answers. */
// At start, so that its metrics are there before the first request.
@Startup
@Singleton
@Path("/")
@Tag(name = "identity", description = "Who answers")
public final class IdentityResource {
  private final Identity identity;
  private final AtomicLong requests = new AtomicLong();
  private final Counter counter;

  @Inject
  IdentityResource(
      PodConfig config,
      @ConfigProperty(name = "quarkus.application.version") String version,
      MeterRegistry meters) {
    this(identity(config, Host.current(), version), meters);
  }

  private IdentityResource(Identity identity, MeterRegistry meters) {
    this.identity = identity;
    this.counter =
        Counter.builder("lab.demo.requests")
            .description("Requests that were told which pod answers")
            .register(meters);
  }

  /** The manifest knows better than the host: a host name may be cut, an interface be another's. */
  static Identity identity(PodConfig config, Host host, String version) {
    return new Identity(
        config.name().orElse(host.name()),
        config.namespace().or(host::namespace),
        config.ip().or(host::address),
        config.node(),
        version,
        0);
  }

  @GET
  @NonBlocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "whoAnswers",
      summary = "Which pod answers",
      description =
          "Pod name, namespace, IP, node, version, and the how-manieth request this is to this pod;"
              + " a fact that is not known is left out.")
  public Identity whoAnswers() {
    counter.increment();
    return identity.withRequests(requests.incrementAndGet());
  }
}
