package io.podlab.demo.health;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Lets {@code /q/health/ready}, the readiness probe of the generated Deployment, follow {@code
 * /readyz}.
 */
@org.eclipse.microprofile.health.Readiness
@Singleton
final class ReadinessHealthCheck implements HealthCheck {
  private final Readiness readiness;

  ReadinessHealthCheck(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public HealthCheckResponse call() {
    Optional<String> reason = readiness.reason();
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("readyz").status(reason.isEmpty());
    reason.ifPresent(why -> answer.withData("why", "/readyz answers 503: " + why));
    return answer.build();
  }
}
