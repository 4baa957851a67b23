package io.podlab.probe.probe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kubelet's three kinds of probe. */
public enum ProbeType {
  LIVENESS,
  READINESS,
  STARTUP;

  /** As in a path and in a label: {@code liveness}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ProbeType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
  }

  /** {@code liveness, readiness, startup}. */
  public static String words() {
    return Arrays.stream(values()).map(ProbeType::word).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return word();
  }
}
