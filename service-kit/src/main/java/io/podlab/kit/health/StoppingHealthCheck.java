package io.podlab.kit.health;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Down from SIGTERM on. Takes the place of Quarkus' own check, which does not say why it is down.
 */
@Readiness
@Singleton
final class StoppingHealthCheck implements HealthCheck {
  static final String WHY =
      "the service got SIGTERM and stops: it finishes the requests that are in flight; send new ones"
          + " to another pod";

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
