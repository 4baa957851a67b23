package io.podlab.kit.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class StoppingHealthCheckTest {
  private final StoppingHealthCheck check = new StoppingHealthCheck();

  @Test
  void isUpWhileTheServiceRuns() {
    assertThat(check.call().getStatus()).isEqualTo(Status.UP);
    assertThat(check.call().getData()).isEmpty();
  }

  @Test
  void isDownWithAReasonAfterSigterm() {
    // When
    check.stop(new ShutdownDelayInitiatedEvent());
    HealthCheckResponse answer = check.call();

    // Then
    assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
    assertThat(answer.getData()).contains(Map.of("why", StoppingHealthCheck.WHY));
  }
}
