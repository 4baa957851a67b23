package io.podlab.token.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.runtime.VertxHttpConfig.InsecureRequests;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendsTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"ENABLED, true", "REDIRECT, true", "DISABLED, false"})
  void anyOpenPlainPortCounts(InsecureRequests setting, boolean plain) {
    assertThat(Backends.takesPlainHttp(Optional.of(setting))).isEqualTo(plain);
  }

  @Test
  void plainHttpIsTheDefault() {
    assertThat(Backends.takesPlainHttp(Optional.empty())).isTrue();
  }
}
