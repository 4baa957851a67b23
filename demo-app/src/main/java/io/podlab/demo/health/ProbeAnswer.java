package io.podlab.demo.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.http.PlainText;
import java.util.Optional;

/**
 * The answer to a probe.
 *
 * @param status {@code ok} or {@code fail}
 * @param reason why it fails; absent for {@code ok}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ProbeAnswer(String status, Optional<String> reason) implements PlainText {
  static ProbeAnswer of(Optional<String> reason) {
    return new ProbeAnswer(reason.isPresent() ? "fail" : "ok", reason);
  }

  /** {@code ok}, or the reason. */
  @Override
  public String plainText() {
    return reason.orElse(status) + "\n";
  }
}
