package io.podlab.kit.health;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Reports DOWN after SIGTERM. It replaces the check of Quarkus, which does not report a reason. */
@Readiness
@Singleton
final class StoppingHealthCheck implements HealthCheck {
  static final String WHY =
      "the service is shutting down after SIGTERM and completes the requests in flight;"
          + " send new requests to another pod";

  private volatile boolean stopping;

  void stop(@Observes ShutdownDelayInitiatedEvent signal) {
    stopping = true;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("running").status(!stopping);
    return stopping ? answer.withData("why", WHY).build() : answer.build();
  }
}
