package io.podlab.token.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.1:6443", "api.example.org:443", "k8s:1", "[fd00::1]:6443", "x:65535"})
  void takesHostAndPort(String given) {
    assertThat(Endpoint.checked(given)).isEqualTo(given);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.1",
        ":6443",
        "10.0.0.1:0",
        "10.0.0.1:65536",
        "10.0.0.1:99999999999",
        "10.0.0.1:6443/",
        "https://10.0.0.1:6443",
        "fd00::1:6443",
        "a b:1",
        "-a:1",
        "$(reboot):1",
        "a;b:1",
        "a:1\n",
      })
  void refusesWhatIsNoEndpointOrMeansSomethingToAShell(String given) {
    assertThatThrownBy(() -> Endpoint.checked(given))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("LAB_TOKEN_ENDPOINT=\"")
        .hasMessageEndingWith("\" is invalid: it is host:port, such as 10.0.0.1:6443");
  }

  /** A machine without a default route has none. */
  @Test
  void isAnAddressOfThisMachineByDefault() throws Exception {
    // When
    Optional<String> endpoint = Endpoint.ofThisMachine();

    // Then
    if (endpoint.isPresent()) {
      assertThat(endpoint.get()).endsWith(":6443").isEqualTo(Endpoint.checked(endpoint.get()));
      String host = endpoint.get().replaceFirst(":6443$", "");
      assertThat(NetworkInterface.getByInetAddress(InetAddress.getByName(host))).isNotNull();
    }
  }
}
