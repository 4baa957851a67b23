package io.podlab.token.kubeadm;

import io.podlab.token.bootstrap.TokenBackend;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the backend can store a token. */
@Readiness
@Singleton
class BackendHealthCheck implements HealthCheck {
  private final TokenBackend backend;

  @Inject
  BackendHealthCheck(TokenBackend backend) {
    this.backend = backend;
  }

  @Override
  public HealthCheckResponse call() {
    Optional<String> problem = backend.problem();
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("token backend")
            .withData("backend", backend.name())
            .status(problem.isEmpty());
    problem.ifPresent(why -> answer.withData("why", why));
    return answer.build();
  }
}
