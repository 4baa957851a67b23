package io.podlab.board.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.board.watch.WatchHealthCheck.Watched;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class WatchHealthCheckTest {
  private static final Optional<String> AWAY = Optional.of("cannot reach the API server");

  @Test
  void isUpWithARecording() {
    assertThat(WatchHealthCheck.answer(List.of()).getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void isUpIfOneNamespaceIsWatched() {
    // When
    HealthCheckResponse answer =
        WatchHealthCheck.answer(
            List.of(new Watched("a", false, AWAY), new Watched("b", true, Optional.empty())));

    // Then
    assertThat(answer.getStatus()).isEqualTo(Status.UP);
    assertThat(answer.getData())
        .contains(Map.of("namespace a", AWAY.get(), "namespace b", "watched"));
  }

  @Test
  void reportsTheSameReasonOnce() {
    // When
    HealthCheckResponse answer =
        WatchHealthCheck.answer(
            List.of(new Watched("a", false, AWAY), new Watched("b", false, AWAY)));

    // Then
    assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
    assertThat(answer.getData().orElseThrow())
        .containsEntry("why", "the board cannot watch any namespace: cannot reach the API server");
  }
}
