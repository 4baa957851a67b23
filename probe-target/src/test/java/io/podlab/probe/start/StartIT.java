package io.podlab.probe.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.kit.testing.PackagedService;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartIT {
  /** The training uses the argument, our Deployment the variable. */
  @Test
  void acceptsTheArgumentAndTheVariableOfTheManifests() throws Exception {
    try (PackagedService service =
        PackagedService.start(Map.of("LAB_PROBE_CONTROL", "off"), "/server")) {
      // Then
      assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
      assertThat(change(service, "PUT", "fail")).contains("403", "LAB_PROBE_CONTROL");
      assertThat(change(service, "DELETE", "")).contains("403", "LAB_PROBE_CONTROL");
      assertThat(service.get("/probes/liveness").body()).contains(" ok:10s,fail\n");
    }
  }

  private static String change(PackagedService service, String method, String body)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(service.uri("/probes/liveness"))
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  @Test
  void rejectsAnyOtherArgument() throws Exception {
    try (PackagedService service = PackagedService.launch(Map.of(), "/server", "readiness")) {
      // Then
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.errors())
          .singleElement()
          .asString()
          .startsWith("cannot start: 'readiness' is not a valid argument; use ")
          .contains("--liveness=", "--readiness=", "--startup=", "--tcp=");
    }
  }

  @Test
  void namesEveryInvalidValueInOneLine() {
    try (PackagedService service =
        PackagedService.launch(
            Map.of(
                "LAB_PROBE_LIVENESS", "ok:10s,fial",
                "LAB_PROBE_READINESS", "fial",
                "LAB_PROBE_HANG", "1h",
                "LAB_PROBE_LISTEN_TCP", "70700",
                "LAB_PROBE_LISTEN_GRPC_TLS", "tls",
                "LAB_PROBE_CONTROL", "maybe"))) {
      // Then
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.errors())
          .singleElement()
          .asString()
          .startsWith("cannot start: ")
          .contains(
              "LAB_PROBE_LIVENESS is invalid: 'ok:10s,fial' is not a schedule, because 'fial' at",
              "LAB_PROBE_READINESS is invalid: 'fial' at character 1 is not a state; use ok,",
              "LAB_PROBE_HANG is invalid: '1h'",
              "LAB_PROBE_LISTEN_TCP is invalid: '70700'",
              "LAB_PROBE_LISTEN_GRPC_TLS is invalid: 'tls'",
              "LAB_PROBE_CONTROL is invalid: 'maybe'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.5", "${X:127.0.0.1}"})
  void rejectsTheAddressOfAnotherMachine(String host) {
    try (PackagedService service = PackagedService.launch(Map.of("QUARKUS_HTTP_HOST", host))) {
      // Then
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.errors())
          .singleElement()
          .asString()
          .startsWith("cannot start: QUARKUS_HTTP_HOST is invalid: '%s'".formatted(host));
    }
  }

  @Test
  void prefersArgumentsToVariables() throws Exception {
    try (PackagedService service =
        PackagedService.start(
            Map.of(
                "LAB_PROBE_LIVENESS", "fail",
                "LAB_PROBE_READINESS", "fail",
                // The variables of a Service with such a name are not settings.
                "LAB_PROBE_PORT", "tcp://10.96.0.7:8080",
                "LAB_PROBE_SERVICE_HOST", "10.96.0.7",
                "PROBE_TARGET_PORT", "tcp://10.96.0.7:8080"),
            "liveness",
            "--liveness=ok")) {
      // Then
      assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(service.get("/readyz").statusCode()).isEqualTo(500);
    }
  }

  @Test
  void readsSettingsLiterallyOrRejectsThem() {
    // Given values that the default converters would treat as missing
    Map<String, String> settings =
        Map.of(
            "LAB_PROBE_TCP", "${X}",
            "LAB_PROBE_READINESS", "${X:ok}",
            "LAB_PROBE_HANG", "$$",
            "LAB_PROBE_LISTEN_GRPC", "${X}",
            "LAB_PROBE_CONTROL", " ",
            "LAB_PROBE_FILES", "");

    // When
    try (PackagedService service = PackagedService.launch(settings)) {
      // Then
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.errors()).singleElement().asString().contains(settings.keySet());
    }
  }
}
