package io.podlab.probe.answer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The three probe types of the kubelet. */
public enum ProbeType {
  LIVENESS,
  READINESS,
  STARTUP;

  /** Lower case, as in paths and metric labels: {@code liveness}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ProbeType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.label().equals(word)).findFirst();
  }

  /** {@code liveness, readiness or startup}. */
  public static String labels() {
    String all = Arrays.stream(values()).map(ProbeType::label).collect(Collectors.joining(", "));
    return all.replaceFirst(", (\\w+)$", " or $1");
  }

  @Override
  public String toString() {
    return label();
  }
}
