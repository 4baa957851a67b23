package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespacesTest {
  @TempDir Path temporary;

  /** A cluster with the namespaces shop and secret. The user has no rights in secret. */
  private Namespaces namespaces() throws Exception {
    Path program = temporary.resolve("kubectl");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case "$*" in
          *"config view"*) echo '{"current-context": "course",
            "contexts": [{"context": {"namespace": "shop"}}],
            "clusters": [{"cluster": {"server": "https://192.0.2.1:6443"}}]}' ;;
          *"can-i list pods -n secret"*) exit 1 ;;
          *can-i*) exit 0 ;;
          *"get namespace shop"*) echo '{"kind": "Namespace"}' ;;
        esac
        """);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
    return new Namespaces(
        new Console(nowhere, nowhere, false), new Kubectl(program.toString(), null));
  }

  @Test
  void areTheContextsOwnWhereNoneIsNamed() throws Exception {
    assertThat(namespaces().watchable(List.of())).containsExactly("shop");
  }

  @Test
  void eachThatCannotBeWatchedIsNamedWithTheReason() throws Exception {
    // Given
    Namespaces namespaces = namespaces();

    // When
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> namespaces.watchable(List.of("shop", "secret", "shpo")));

    // Then
    assertThat(failure.getMessage().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("you have no permission to list pods in namespace secret; "),
            line -> assertThat(line).startsWith("no namespace named 'shpo'; "));
    assertThat(failure.exitCode()).isEqualTo(Failure.FAILED);
  }

  @Test
  void aNameThatNoNamespaceCanHaveIsAUsageError() throws Exception {
    // Given
    Namespaces namespaces = namespaces();

    // When
    Failure failure =
        catchThrowableOfType(Failure.class, () -> namespaces.watchable(List.of("Shop")));

    // Then
    assertThat(failure.exitCode()).isEqualTo(Failure.USAGE);
  }
}
