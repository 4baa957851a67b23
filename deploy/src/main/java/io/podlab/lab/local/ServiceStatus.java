package io.podlab.lab.local;

import com.fasterxml.jackson.annotation.JsonValue;
import io.podlab.lab.console.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A line of {@code lab status}, and an element of its JSON.
 *
 * @param pid null if the service is not running
 * @param uptimeSeconds null if the service is not running
 */
record ServiceStatus(String service, State state, Long pid, Long uptimeSeconds, String address) {
  enum State {
    RUNNING("running"),
    NOT_READY("not ready"),
    NOT_RUNNING("not running");

    private final String words;

    State(String words) {
      this.words = words;
    }

    @JsonValue
    String words() {
      return words;
    }
  }

  /** Combines the recorded process and the readiness of the service. */
  static ServiceStatus of(
      Program program, Optional<StartedProcess> alive, boolean ready, Instant now) {
    State state = alive.isEmpty() ? State.NOT_RUNNING : ready ? State.RUNNING : State.NOT_READY;
    return new ServiceStatus(
        program.title(),
        state,
        alive.map(StartedProcess::pid).orElse(null),
        alive.map(started -> Duration.between(started.since(), now).toSeconds()).orElse(null),
        program.address());
  }

  static List<String> header() {
    return List.of("SERVICE", "STATE", "PID", "UPTIME", "ADDRESS");
  }

  List<String> row() {
    return List.of(
        service,
        state.words(),
        pid == null ? "-" : pid.toString(),
        uptimeSeconds == null ? "-" : Durations.show(Duration.ofSeconds(uptimeSeconds)),
        address);
  }
}
