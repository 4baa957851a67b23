package io.podlab.probe.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
  @Test
  void canBeNone() {
    assertThat(Arguments.parse()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/server", "liveness"})
  void canBeThoseOfTheDemosManifests(String argument) {
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
  void sayWhereAScheduleMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.parse("liveness", "--readiness=ok:10s,ok:0s"))
        .withMessage(
            "--readiness is invalid: character 11: \"0s\" is too short; a state holds for at"
                + " least 1ms");
  }

  @Test
  void areNotGivenTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.parse("--tcp=ok", "--tcp=fail"))
        .withMessage("--tcp is given twice");
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
  void areNothingElse(String argument) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.parse(argument))
        .withMessageStartingWith("the arguments are /server, liveness or none, then any of");
  }
}
