package io.podlab.probe.answer;

import java.util.Locale;

/** The ways of probing that this program can see; an exec probe never comes to it. */
public enum Mechanism {
  HTTP,
  GRPC,
  TCP;

  /** As in a label: {@code http}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return label();
  }
}
