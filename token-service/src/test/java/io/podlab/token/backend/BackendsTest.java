package io.podlab.token.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.kit.settings.CommaSeparated;
import io.podlab.token.access.AccessConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.VertxHttpConfig.InsecureRequests;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendsTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"ENABLED, true", "REDIRECT, true", "DISABLED, false"})
  void acceptsPlainHttpUnlessDisabled(InsecureRequests setting, boolean plain) {
    assertThat(Backends.acceptsPlainHttp(Optional.of(setting))).isEqualTo(plain);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "KUBERNETES, LAB_TOKEN_ENDPOINT",
    "KUBERNETES, LAB_TOKEN_CA_FILE",
    "KUBERNETES, LAB_TOKEN_INSECURE",
    "KUBERNETES, LAB_TOKEN_DIR",
    "FILE, LAB_TOKEN_AUDIENCES",
  })
  void refusesASettingOfTheOtherBackend(BackendConfig.Kind kind, String variable) {
    // Given
    Predicate<String> given = variable::equals;
    AccessConfig access =
        new AccessConfig() {
          @Override
          public Optional<CommaSeparated> audiences() {
            return Optional.of(new CommaSeparated(List.of("a")))
                .filter(audiences -> given.test("LAB_TOKEN_AUDIENCES"));
          }

          @Override
          public boolean insecure() {
            return given.test("LAB_TOKEN_INSECURE");
          }
        };

    // When, Then
    assertThatThrownBy(
            () ->
                new Backends(() -> Optional.of(kind))
                    .backend(
                        null,
                        null,
                        () -> Optional.of("a:1").filter(x -> given.test("LAB_TOKEN_ENDPOINT")),
                        () ->
                            Optional.of(Path.of("x")).filter(x -> given.test("LAB_TOKEN_CA_FILE")),
                        () -> Optional.of(Path.of("x")).filter(x -> given.test("LAB_TOKEN_DIR")),
                        access,
                        null))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "%s has no effect with the %s backend"
                .formatted(variable, kind.name().toLowerCase(Locale.ROOT)));
  }

  @Test
  void acceptsPlainHttpByDefault() {
    assertThat(Backends.acceptsPlainHttp(Optional.empty())).isTrue();
  }
}
