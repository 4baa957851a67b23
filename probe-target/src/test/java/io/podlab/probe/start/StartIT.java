package io.podlab.probe.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
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
              "cannot start: the arguments are /server, liveness or none, then any of"
                  + " --liveness=SCHEDULE, --readiness=SCHEDULE, --startup=SCHEDULE,"
                  + " --tcp=SCHEDULE (such as ok:30s,fail), but got: /server readiness");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LAB_LOG_JSON, maybe, it is true or false",
    "QUARKUS_HTTP_PORT, many, Expected an integer value",
    "LAB_PROBE_LIVENESS, 'ok:10s,fial', 'character 8: \"fial\" is no state'",
    "LAB_PROBE_HANG, 1h, it is a duration from 1ms to 10m",
    "LAB_PROBE_LISTEN_TCP, 70700, 'it is a port from 1 to 65535, or 0 for any that is free'",
    "LAB_PROBE_CONTROL, maybe, it is on or off",
    "QUARKUS_HTTP_HOST, 203.0.113.5, it is no address of this machine",
    "QUARKUS_HTTP_HOST, no-such-name.invalid, it is no address of this machine",
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

  @ParameterizedTest
  @CsvSource({
    "19090, 19090, 0, QUARKUS_HTTP_PORT and LAB_PROBE_LISTEN_GRPC are both 19090",
    "17070, 0, 17070, QUARKUS_HTTP_PORT and LAB_PROBE_LISTEN_TCP are both 17070",
    "0, 19090, 19090, LAB_PROBE_LISTEN_GRPC and LAB_PROBE_LISTEN_TCP are both 19090",
  })
  void isRefusedWhereTwoPortsAreOne(String http, String grpc, String tcp, String why)
      throws Exception {
    try (PackagedService service =
        PackagedService.launch(
            Map.of(
                "QUARKUS_HTTP_PORT", http,
                "LAB_PROBE_LISTEN_GRPC", grpc,
                "LAB_PROBE_LISTEN_TCP", tcp))) {
      // Then
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.errors())
          .containsExactly("cannot start: " + why + "; choose another for one of them");
    }
  }

  @Test
  void goesByTheArgumentsBeforeTheEnvironment() throws Exception {
    try (PackagedService service =
        PackagedService.start(
            Map.of("LAB_PROBE_LIVENESS", "fail", "LAB_PROBE_READINESS", "fail"),
            "liveness",
            "--liveness=ok")) {
      // Then
      assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(service.get("/readyz").statusCode()).isEqualTo(500);
    }
  }

  @Test
  void isNotConfusedByTheVariablesOfAServiceOfThatName() throws Exception {
    try (PackagedService service =
        PackagedService.start(
            Map.of(
                "LAB_PROBE_PORT", "tcp://10.96.0.7:8080",
                "LAB_PROBE_SERVICE_HOST", "10.96.0.7",
                "PROBE_TARGET_PORT", "tcp://10.96.0.7:8080"))) {
      // Then
      assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
    }
  }
}
