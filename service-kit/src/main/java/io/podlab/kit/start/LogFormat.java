package io.podlab.kit.start;

import java.util.Optional;

/**
 * {@code LAB_LOG_JSON=true}: a JSON object a log line, and not plain text. The setting takes effect
 * in {@code application.properties}; here it is checked, because Quarkus takes any word for {@code
 * false}.
 */
final class LogFormat {
  private LogFormat() {}

  /** Why the service must not start, if the switch is mistyped. */
  static Optional<String> refusal() {
    return refusal(System.getProperty("lab.log.json", System.getenv("LAB_LOG_JSON")));
  }

  static Optional<String> refusal(String json) {
    return json == null || json.equals("true") || json.equals("false")
        ? Optional.empty()
        : Optional.of("LAB_LOG_JSON=\"%s\" is invalid: expected true or false".formatted(json));
  }
}
