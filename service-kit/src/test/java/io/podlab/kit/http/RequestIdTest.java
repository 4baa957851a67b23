package io.podlab.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @ParameterizedTest
  @CsvSource({
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, mine",
    "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more, mine",
  })
  void isTheTraceIdIfThereIsOne(String traceParent, String requestId) {
    assertThat(RequestId.sent(traceParent, requestId)).contains(TRACE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "4bf92f3577b34da6a3ce929d0e0e4736",
      })
  void isTheRequestIdIfTheTraceParentIsNotValid(String traceParent) {
    assertThat(RequestId.sent(traceParent, "mine")).contains("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\tb", "a\nb", "\u00e4", "\u007f", "\u001b[2J"})
  void isNotWhatALogCannotShow(String requestId) {
    assertThat(RequestId.sent(null, requestId)).isEmpty();
  }

  @Test
  void isNotABootstrapToken() {
    assertThat(RequestId.sent(null, "Bearer:abcdef.0123456789abcdef")).isEmpty();
    assertThat(RequestId.sent(null, "4bf92f.0123")).contains("4bf92f.0123");
  }

  @Test
  void isNotLong() {
    // Given
    String longest = "x".repeat(RequestId.LONGEST);

    // Then
    assertThat(RequestId.sent(null, longest)).contains(longest);
    assertThat(RequestId.sent(null, longest + "x")).isEmpty();
  }
}
