package io.podlab.token.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true, false",
    "127.8.8.8, true, false",
    "localhost, true, false",
    "::1, true, false",
    "0.0.0.0, false, false",
    "0.0.0.0, true, true"
  })
  void acceptsASafeAddress(String host, boolean plain, boolean insecure) {
    assertThatCode(() -> ListenAddress.check(host, plain, insecure)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"})
  void refusesAnUnsafeAddress(String host) {
    assertThatThrownBy(() -> ListenAddress.check(host, true, false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("QUARKUS_HTTP_HOST is invalid: '" + host + "'")
        .hasMessageContaining(
            "set QUARKUS_HTTP_INSECURE_REQUESTS=disabled, and LAB_TLS=self-signed or"
                + " LAB_TLS_CERTIFICATE and LAB_TLS_KEY")
        .hasMessageContaining("LAB_TOKEN_INSECURE=true");
  }
}
