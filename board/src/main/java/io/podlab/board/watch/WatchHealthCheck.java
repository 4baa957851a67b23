package io.podlab.board.watch;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready if the board watches at least one namespace, or shows a recording. The page shows which
 * namespaces it cannot watch.
 */
@Readiness
@Singleton
final class WatchHealthCheck implements HealthCheck {
  private final Board board;

  WatchHealthCheck(Board board) {
    this.board = board;
  }

  @Override
  public HealthCheckResponse call() {
    return answer(
        board.namespaces().stream()
            .map(one -> new Watched(one.namespace(), one.isWatching(), one.problem()))
            .toList());
  }

  /**
   * @param problem why the board cannot watch the whole namespace
   */
  record Watched(String namespace, boolean watching, Optional<String> problem) {}

  /**
   * @param namespaces empty for a recording
   */
  static HealthCheckResponse answer(List<Watched> namespaces) {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("watch");
    if (namespaces.isEmpty()) {
      return answer.up().withData("shows", "a recording").build();
    }
    namespaces.forEach(
        one -> answer.withData("namespace " + one.namespace(), one.problem().orElse("watched")));
    if (namespaces.stream().anyMatch(Watched::watching)) {
      return answer.up().build();
    }
    return answer
        .down()
        .withData(
            "why",
            namespaces.stream()
                .flatMap(one -> one.problem().stream())
                .distinct()
                .collect(Collectors.joining("; ", "the board cannot watch any namespace: ", "")))
        .build();
  }
}
