package io.podlab.demo.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.kit.testing.PackagedService;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartIT {
  @ParameterizedTest
  @CsvSource({
    "LAB_LOG_JSON, maybe, it is true or false",
    "LAB_POD_IP, 10.0.0, it is an IPv4 or IPv6 address",
    "LAB_DEMO_COLOR, blurple, it is a CSS colour by name",
    "LAB_DEMO_CONTENT, /etc/passwd, it is a directory",
    "LAB_DEMO_ENV, *, it is names of variables",
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
  void isRefusedWithOneLineWhereThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        PackagedService service =
            PackagedService.launch(
                Map.of("QUARKUS_HTTP_PORT", Integer.toString(taken.getLocalPort())))) {
      // Then
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.errors())
          .singleElement()
          .asString()
          .contains("port " + taken.getLocalPort() + " of 127.0.0.1 is in use");
    }
  }

  @Test
  void isRefusedWithArgumentsThatMeanNothing() throws Exception {
    try (PackagedService service = PackagedService.launch(Map.of(), "--color=red")) {
      // Then
      assertThat(service.exitCode()).isEqualTo(2);
      assertThat(service.errors())
          .singleElement()
          .asString()
          .contains("--color=red", "accepted: run, wait-for, fetch");
    }
  }

  @Test
  void logsJsonOnRequest() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of("LAB_LOG_JSON", "true"))) {
      // Then
      assertThat(service.output().lines())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).startsWith("{\"").endsWith("}"));
    }
  }
}
