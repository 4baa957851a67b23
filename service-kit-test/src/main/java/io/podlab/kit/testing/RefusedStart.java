package io.podlab.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Starts the packaged service with invalid settings. */
public final class RefusedStart {
  private RefusedStart() {}

  /** The lines of standard error of a service that exited with code 1. */
  public static List<String> errors(Map<String, String> environment, String... arguments) {
    try (PackagedService service = PackagedService.launch(environment, arguments)) {
      assertThat(service.exitCode()).isEqualTo(1);
      return service.errors();
    }
  }

  /** Asserts that a single line names all variables, and no Java class. */
  public static void assertNamesAll(Set<String> variables, List<String> errors) {
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: ")
        .contains(variables)
        .doesNotContainPattern("[a-z]\\.[a-z]+\\.[A-Z]");
  }
}
