package io.podlab.probe.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  @Test
  void canBeEmpty() {
    assertThat(Arguments.parse()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/server", "liveness"})
  void canBeThoseOfExistingManifests(String argument) {
    assertThat(Arguments.parse(argument)).isEmpty();
    assertThat(Arguments.parse(argument, "--readiness=fail"))
        .isEqualTo(Map.of("lab.probe.readiness", "fail"));
  }

  @Test
  void setSchedules() {
    assertThat(
            Arguments.parse(
                "--liveness=ok:30s,fail", "--readiness=fail:5s,ok", "--startup=hang", "--tcp=drop"))
        .isEqualTo(
            Map.of(
                "lab.probe.liveness", "ok:30s,fail",
                "lab.probe.readiness", "fail:5s,ok",
                "lab.probe.startup", "hang",
                "lab.probe.tcp", "drop"));
  }

  @Test
  void nameThePositionOfAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.parse("liveness", "--readiness=ok:10s,ok:0s"))
        .withMessageStartingWith("--readiness is invalid: '0s' at character 11");
  }

  @Test
  void cannotBeGivenTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.parse("--tcp=ok", "--tcp=fail"))
        .withMessageStartingWith("--tcp is given twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "readiness",
        "--liveness",
        "-liveness=ok",
        "--exec=ok",
        "--help",
        "",
        "/server liveness"
      })
  void rejectEverythingElse(String argument) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.parse(argument))
        .withMessageStartingWith("'" + argument + "' is not a valid argument");
  }
}
