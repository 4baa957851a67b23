package io.podlab.lab.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortTest {
  private final Port port = new Port("tcp", 7070, "LAB_PROBE_LISTEN_TCP");

  @Test
  void isTheUsualOneWhereNothingIsSet() {
    assertThat(port.in(Map.of())).contains(port);
  }

  @Test
  void isTheOneThatThePersonHasChosen() {
    // When
    var chosen = port.in(Map.of("LAB_PROBE_LISTEN_TCP", "7071"));

    // Then
    assertThat(chosen).contains(new Port("tcp", 7071, "LAB_PROBE_LISTEN_TCP"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "99999", "70 70", "tcp"})
  void isNoneThatCouldBeLookedAtBeforehand(String set) {
    assertThat(port.in(Map.of("LAB_PROBE_LISTEN_TCP", set))).isEmpty();
  }
}
