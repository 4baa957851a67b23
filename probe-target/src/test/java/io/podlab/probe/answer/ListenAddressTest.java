package io.podlab.probe.answer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Future;
import java.net.BindException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "19090, 19090, 0, QUARKUS_HTTP_PORT and LAB_PROBE_LISTEN_GRPC are both 19090",
    "17070, 0, 17070, QUARKUS_HTTP_PORT and LAB_PROBE_LISTEN_TCP are both 17070",
    "0, 19090, 19090, LAB_PROBE_LISTEN_GRPC and LAB_PROBE_LISTEN_TCP are both 19090",
  })
  void rejectsTwoEqualPorts(int http, int grpc, int tcp, String why) {
    // Given
    FixedConfig config = new FixedConfig().withGrpcPort(grpc).withTcpPort(tcp);

    // When, Then
    assertThatThrownBy(() -> new ListenAddress(config, Optional.empty(), "127.0.0.1", http))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(why);
  }

  @ParameterizedTest
  @CsvSource({
    "8443, 8443, 0, LAB_TLS_PORT and LAB_PROBE_LISTEN_GRPC_TLS are both 8443",
    "19090, 0, 19090, LAB_PROBE_LISTEN_GRPC and LAB_TLS_PORT are both 19090",
    "0, 19090, 19090, LAB_PROBE_LISTEN_GRPC and LAB_PROBE_LISTEN_GRPC_TLS are both 19090",
  })
  void rejectsTwoEqualPortsWithTls(int https, int grpcTls, int grpc, String why) {
    // Given
    FixedConfig config = new FixedConfig().withGrpcPort(grpc).withGrpcTlsPort(grpcTls);

    // When, Then
    assertThatThrownBy(() -> new ListenAddress(config, Optional.of(https), "127.0.0.1", 8080))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(why);
  }

  @Test
  void rejectsAPortWithTlsWhileTlsIsOff() {
    // Given
    FixedConfig config = new FixedConfig().withGrpcTlsPort(19090);

    // When, Then
    assertThatThrownBy(() -> new ListenAddress(config, Optional.empty(), "127.0.0.1", 8080))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "LAB_PROBE_LISTEN_GRPC_TLS needs TLS; set LAB_TLS=self-signed, or LAB_TLS_CERTIFICATE"
                + " and LAB_TLS_KEY");
  }

  @Test
  void namesTheVariableOfAPortThatIsInUse() {
    // Given
    ListenAddress address =
        new ListenAddress(new FixedConfig(), Optional.empty(), "127.0.0.1", 8080);

    // When, Then
    assertThatThrownBy(
            () -> address.opened(Future.failedFuture(new BindException()), 7070, "LAB_VARIABLE"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("port 7070 on 127.0.0.1 is in use", "LAB_VARIABLE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.5", "no-such-name.invalid"})
  void rejectsTheAddressOfAnotherMachine(String host) {
    // Given
    ListenAddress address = new ListenAddress(new FixedConfig(), Optional.empty(), host, 8080);

    // When, Then
    assertThatThrownBy(
            () -> address.opened(Future.failedFuture(new BindException()), 7070, "LAB_VARIABLE"))
        .hasCauseInstanceOf(QuarkusBindException.class);
  }
}
