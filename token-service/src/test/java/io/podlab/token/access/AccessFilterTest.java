package io.podlab.token.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessFilterTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer abc.d-e_f~+/==", "bearer abc.d-e_f~+/==", "BEARER   abc.d-e_f~+/=="})
  void findsTheBearerToken(String header) {
    assertThat(AccessFilter.bearer(List.of(header))).contains("abc.d-e_f~+/==");
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
  void ignoresOtherHeaders(String header) {
    assertThat(AccessFilter.bearer(List.of(header))).isEmpty();
  }

  @Test
  void ignoresTwoHeaders() {
    assertThat(AccessFilter.bearer(List.of("Bearer a", "Bearer a"))).isEmpty();
  }

  @Test
  void ignoresATooLongHeader() {
    // Given
    String longest = "Bearer " + "a".repeat(AccessFilter.LONGEST_HEADER - "Bearer ".length());

    // Then
    assertThat(AccessFilter.bearer(List.of(longest))).isPresent();
    assertThat(AccessFilter.bearer(List.of(longest + "a"))).isEmpty();
  }
}
