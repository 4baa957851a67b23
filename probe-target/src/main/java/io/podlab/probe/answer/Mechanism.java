package io.podlab.probe.answer;

import java.util.Locale;

/** The probe mechanisms that reach this program. An exec probe only reads a file. */
public enum Mechanism {
  HTTP,
  GRPC,
  TCP;

  /** Lower case, as in metric labels: {@code http}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return label();
  }
}
