package io.podlab.demo.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.podlab.kit.testing.PackagedService;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StartIT {
  @Test
  void isRefusedWithOneLineThatNamesEachInvalidValue() throws Exception {
    // Given
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("LAB_POD_IP", "10.0.0"),
            Map.entry("LAB_DEMO_COLOR", "#12"),
            Map.entry("LAB_DEMO_CONTENT", "/etc/passwd"),
            Map.entry("LAB_DEMO_ENV", "*"),
            Map.entry("LAB_DEMO_FAULTS", "yes"),
            Map.entry("LAB_DEMO_CORS", "https://example.org/"),
            Map.entry("LAB_DEMO_PREFIX", "demo"),
            Map.entry("LAB_DEMO_DRAIN", "20"),
            Map.entry("LAB_DEMO_GRACE", "-1s"),
            Map.entry("LAB_TLS", "true"),
            Map.entry("LAB_TLS_PORT", "65536"));

    // When
    try (PackagedService service = PackagedService.launch(environment)) {
      // Then
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.errors()).hasSize(1);
      assertThat(service.errors().get(0))
          .contains(
              environment.entrySet().stream()
                  .map(entry -> "%s is invalid: '%s' ".formatted(entry.getKey(), entry.getValue()))
                  .toList())
          .contains(
              "use an IPv4 or IPv6 address",
              "use a name such as steelblue",
              "use the path of a directory",
              "use names separated by commas",
              "use *, or origins without a path",
              "such as /demo",
              "true or false",
              "use self-signed",
              "use 1 to 65535",
              "use Go syntax such as 500ms or 1m30s");
    }
  }

  @Test
  void isRefusedWithOneLineWhereThePortIsTaken(@TempDir Path directory) throws Exception {
    // Given
    Path terminationLog = Files.createFile(directory.resolve("termination-log"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        PackagedService service =
            PackagedService.launch(
                Map.of(
                    "QUARKUS_HTTP_PORT",
                    Integer.toString(taken.getLocalPort()),
                    "LAB_TERMINATION_LOG",
                    terminationLog.toString()))) {
      // Then
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.errors())
          .singleElement()
          .asString()
          .contains("port " + taken.getLocalPort() + " on 127.0.0.1 is in use");
      assertThat(terminationLog).hasContent(service.errors().get(0) + "\n");
    }
  }

  @Test
  void isRefusedWithOneLineWhereThePortForHttpsIsTaken() throws Exception {
    // Given
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        PackagedService service =
            PackagedService.launch(
                Map.of(
                    "LAB_TLS",
                    "self-signed",
                    "LAB_TLS_PORT",
                    Integer.toString(taken.getLocalPort())))) {
      // Then
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.errors())
          .singleElement()
          .asString()
          .contains("port " + taken.getLocalPort() + " on 127.0.0.1 is in use", "LAB_TLS_PORT");
    }
  }

  @ParameterizedTest
  @MethodSource("invalidTls")
  void isRefusedWithOneLineWhereTlsIsIncomplete(Map<String, String> environment, String why)
      throws Exception {
    try (PackagedService service = PackagedService.launch(environment)) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.errors()).containsExactly("cannot start: " + why);
    }
  }

  static Stream<Arguments> invalidTls() {
    return Stream.of(
        arguments(
            Map.of("LAB_TLS_KEY", "/tls/tls.key"),
            "LAB_TLS_KEY needs LAB_TLS_CERTIFICATE; set both, or neither"),
        arguments(
            Map.of("LAB_TLS", "self-signed", "LAB_TLS_PORT", "8080", "QUARKUS_HTTP_PORT", "8080"),
            "QUARKUS_HTTP_PORT and LAB_TLS_PORT are both 8080; use different ports"),
        arguments(
            Map.of("LAB_H2C", "yes"),
            "LAB_H2C is invalid: 'yes' is not a boolean; use true or false"));
  }

  /** Free text is used literally. An invalid value is refused, and not treated as missing. */
  @Test
  void takesSettingsLiterally() throws Exception {
    // Given
    String text = "${X}$$\\$y\\,${z";

    // When
    try (PackagedService service =
        PackagedService.start(
            Map.of(
                "LAB_DEMO_MESSAGE", text, "LAB_POD_NODE", text, "LAB_POD_SERVICE_ACCOUNT", ""))) {
      // Then
      assertThat(service.get("/").body()).contains(text).doesNotContain("service account");
      assertThat(service.get("/env").body()).contains("LAB_DEMO_MESSAGE=" + text + "\n");
    }
    for (Map<String, String> wrong :
        List.of(
            Map.of("LAB_DEMO_MESSAGE", "a\u001b[2Jb"),
            Map.of("LAB_DEMO_HEALTHZ_FAIL_AFTER", "${X}", "LAB_DEMO_COLOR", "$$"),
            Map.of("LAB_DEMO_PREFIX", "/files"),
            Map.of("LAB_DEMO_CONTENT", "", "LAB_DEMO_COLOR", " "))) {
      try (PackagedService service = PackagedService.launch(wrong)) {
        assertThat(service.exitCode()).isEqualTo(1);
        assertThat(service.errors()).singleElement().asString().contains(wrong.keySet());
      }
    }
  }
}
