package io.podlab.demo.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.kit.http.ProblemException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParameterTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "512Ki, 524288", "200Mi, 209715200", "8Gi, 8589934592"})
  void takesASizeAsKubernetesWritesIt(String text, long bytes) {
    assertThat(RequestParameter.size("size", text, 1, 8L << 30)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "-1Mi", "200M", "1.5Gi", "9Gi", "8589934593", "999999999999Gi", "Mi"})
  void takesNoOtherSize(String text) {
    refused(() -> RequestParameter.size("size", text, 1, 8L << 30));
  }

  @ParameterizedTest
  @CsvSource({"1Gi", "200Mi", "1025Ki", "7"})
  void writesASizeInTheLargestUnitThatFits(String text) {
    assertThat(RequestParameter.size(RequestParameter.size("size", text, 1, 8L << 30)))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "255"})
  void takesAnIntegerOfTheRange(String text) {
    assertThat(RequestParameter.integer("code", text, 0, 255)).isEqualTo(Integer.valueOf(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "256", "1.0", "x", "99999999999999999999"})
  void takesNoOtherInteger(String text) {
    refused(() -> RequestParameter.integer("code", text, 0, 255));
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0.2", "1, 1", "1.0, 1", "0.000000001, 0.000000001"})
  void takesAShare(String text, double share) {
    assertThat(RequestParameter.share("rate", text)).isEqualTo(share);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0.0", "1.1", "-0.2", ".2", "NaN", "1e-3", "20%"})
  void takesNoOtherShare(String text) {
    refused(() -> RequestParameter.share("rate", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"999ms", "10m0.001s", "1d", "10", ""})
  void takesNoDurationOutOfRange(String text) {
    refused(
        () ->
            RequestParameter.duration("for", text, Duration.ofSeconds(1), Duration.ofMinutes(10)));
  }

  @Test
  void repeatsNotAllOfALongText() {
    assertThat(RequestParameter.refused("for", "x".repeat(4000), "is no duration", "30s"))
        .hasMessageContaining("…")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(150));
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(ProblemException.class);
  }
}
