package io.podlab.token.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.token.bootstrap.Endpoint;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnEndpointTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.1", "https://10.0.0.1:6443", "$(reboot):1", "a:1\n", "a:0"})
  void namesTheInvalidSetting(String given) {
    assertThatThrownBy(() -> OwnEndpoint.configured(given))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("LAB_TOKEN_ENDPOINT is invalid: '")
        .hasMessageEndingWith("; use host:port such as 10.0.0.1:6443");
  }

  /** A machine without a default route has no default endpoint. */
  @Test
  void isAnAddressOfThisMachineByDefault() throws Exception {
    // When
    Optional<Endpoint> endpoint = OwnEndpoint.ofThisMachine();

    // Then
    if (endpoint.isPresent()) {
      assertThat(endpoint.get().port()).isEqualTo(6443);
      assertThat(NetworkInterface.getByInetAddress(InetAddress.getByName(endpoint.get().host())))
          .isNotNull();
    }
  }
}
