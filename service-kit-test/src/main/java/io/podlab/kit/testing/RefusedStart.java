package io.podlab.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A start of the packaged service that is to be refused. */
public final class RefusedStart {
  private RefusedStart() {}

  /** What a service with these variables wrote to standard error before it ended with 1. */
  public static List<String> errors(Map<String, String> environment, String... arguments) {
    try (PackagedService service = PackagedService.launch(environment, arguments)) {
      assertThat(service.exitCode()).isEqualTo(1);
      return service.errors();
    }
  }

  /** One line names each of the variables, and no class of a library. */
  public static void assertNamesAll(Set<String> variables, List<String> errors) {
    assertThat(errors)
        .singleElement()
        .asString()
        .startsWith("cannot start: ")
        .contains(variables)
        .doesNotContainPattern("[a-z]\\.[a-z]+\\.[A-Z]");
  }
}
