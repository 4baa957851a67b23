package io.podlab.kit.start;

import java.util.Optional;

/**
 * Checks {@code LAB_LOG_JSON}, because Quarkus reads every value other than {@code true} as false.
 * {@code microprofile-config.properties} applies the setting: one JSON object per log line.
 */
final class LogFormat {
  private LogFormat() {}

  /** The reason to refuse the start; empty if the setting is valid or missing. */
  static Optional<String> refusal() {
    return refusal(System.getProperty("lab.log.json", System.getenv("LAB_LOG_JSON")));
  }

  static Optional<String> refusal(String json) {
    return json == null || json.equals("true") || json.equals("false")
        ? Optional.empty()
        : Optional.of(
            "LAB_LOG_JSON is invalid: '%s' is not a boolean; use true or false".formatted(json));
  }
}
