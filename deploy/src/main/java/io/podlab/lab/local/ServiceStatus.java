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
 * @param pid null if it does not run
 * @param uptimeSeconds null if it does not run
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

  /** From what was recorded about the service and what it answers. */
  static ServiceStatus of(Program program, Optional<Started> alive, boolean ready, Instant now) {
    State state = alive.isEmpty() ? State.NOT_RUNNING : ready ? State.RUNNING : State.NOT_READY;
    return new ServiceStatus(
        program.title(),
        state,
        alive.map(Started::pid).orElse(null),
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
