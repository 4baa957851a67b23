package io.podlab.token.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer abc.d-e_f~+/==", "bearer abc.d-e_f~+/==", "BEARER   abc.d-e_f~+/=="})
  void findsTheToken(String header) {
    assertThat(Bearer.of(List.of(header))).contains("abc.d-e_f~+/==");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearera",
        "Basic YWRtaW46YWRtaW4=",
        "abc",
        "Bearer a b",
        "Bearer a=b",
        "Bearer ä",
        "Bearer \"a\"",
        "Bearer a,b"
      })
  void findsNoneInWhatIsSomethingElse(String header) {
    assertThat(Bearer.of(List.of(header))).isEmpty();
  }

  @Test
  void findsNoneInTwoHeaders() {
    assertThat(Bearer.of(List.of("Bearer a", "Bearer a"))).isEmpty();
  }

  @Test
  void findsNoneInWhatIsTooLong() {
    // Given
    String longest = "Bearer " + "a".repeat(Bearer.LONGEST - "Bearer ".length());

    // Then
    assertThat(Bearer.of(List.of(longest))).isPresent();
    assertThat(Bearer.of(List.of(longest + "a"))).isEmpty();
  }
}
