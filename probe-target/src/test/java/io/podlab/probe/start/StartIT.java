package io.podlab.probe.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartIT {
  @Test
  void isHealthyForTenSecondsAndThenSaysForHowLongItIsUp() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of())) {
      // Given
      assertThat(service.get("/healthz").body()).isEqualTo("ok");

      // Then
      // The answer itself says that it was not before ten seconds.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> service.get("/healthz").statusCode() == 500);
      assertThat(service.get("/healthz").body()).matches("error: 1[0-9]\\.[0-9]{1,9}");
      assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/server", "liveness"})
  void takesTheArgumentsOfTheDemosManifests(String argument) throws Exception {
    try (PackagedService service = PackagedService.start(Map.of(), argument)) {
      // Then
      assertThat(service.get("/healthz").body()).isEqualTo("ok");
    }
  }

  @Test
  void isRefusedWithAnyOtherArgument() throws Exception {
    try (PackagedService service = PackagedService.launch(Map.of(), "/server", "readiness")) {
      // Then
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.errors())
          .containsExactly(
              "cannot start: the argument is /server, liveness, or none, but got: /server"
                  + " readiness");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LAB_LOG_JSON, maybe, it is true or false",
    "QUARKUS_HTTP_PORT, many, Expected an integer value",
  })
  void isRefusedWithOneLineOnASenselessValue(String variable, String value, String why)
      throws Exception {
    try (PackagedService service = PackagedService.launch(Map.of(variable, value))) {
      // Then
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.errors())
          .singleElement()
          .asString()
          .contains(variable + "=\"" + value + "\" makes no sense: " + why);
    }
  }

  @Test
  void endsOnSigtermAtOnce() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of())) {
      // When
      service.terminate();

      // Then
      assertThat(service.exitCode()).isEqualTo(143);
    }
  }
}
