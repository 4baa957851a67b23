package io.podlab.board.watch;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when a namespace is watched, or a recording shown. A namespace that cannot be watched keeps
 * the board from being ready only if it is the only one: the page says what is missing.
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
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("watch");
    if (board.namespaces().isEmpty()) {
      return answer.up().withData("shows", "a recording").build();
    }
    board
        .namespaces()
        .forEach(
            one ->
                answer.withData("namespace " + one.namespace(), one.problem().orElse("watched")));
    return answer.status(board.namespaces().stream().anyMatch(NamespaceWatch::isWatching)).build();
  }
}
