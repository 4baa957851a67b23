package io.podlab.probe.healthz;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What {@code /healthz} answers, byte for byte what agnhost's {@code liveness} does
 * (kubernetes/test/images/agnhost/liveness/server.go).
 *
 * @param status 200 or 500
 * @param body without a newline at its end
 */
record Answer(int status, String body) {
  /** The last moment of health is this one itself. */
  static final Duration HEALTHY_FOR = Duration.ofSeconds(10);

  static Answer after(Duration elapsed) {
    return elapsed.compareTo(HEALTHY_FOR) <= 0
        ? new Answer(200, "ok")
        : new Answer(500, "error: " + goSeconds(elapsed));
  }

  /** As Go prints {@code Duration.Seconds()}: a float64, the shortest digits that tell it apart. */
  private static String goSeconds(Duration elapsed) {
    double seconds = elapsed.getSeconds() + elapsed.getNano() / 1e9;
    return new BigDecimal(Double.toString(seconds)).stripTrailingZeros().toPlainString();
  }
}
