package io.podlab.lab.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * How long the same thing took each time.
 *
 * @param what it was
 * @param millis at least one, in any order
 */
record Distribution(@JsonProperty String what, @JsonProperty List<Double> millis) {
  static final List<String> HEAD =
      List.of(
          "FROM CHANGE TO IN EFFECT", "CHANGES", "MIN ms", "P50 ms", "P95 ms", "P99 ms", "MAX ms");

  Distribution {
    millis = millis.stream().sorted().toList();
  }

  /** By the nearest rank: of 100 the 95th is the fifth longest but one. */
  double percentile(int percent) {
    int rank = (int) Math.ceil(millis.size() * percent / 100.0);
    return millis.get(Math.max(0, rank - 1));
  }

  List<String> row() {
    return List.of(
        what,
        Integer.toString(millis.size()),
        number(millis.get(0)),
        number(percentile(50)),
        number(percentile(95)),
        number(percentile(99)),
        number(millis.get(millis.size() - 1)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
