package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podlab.lab.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubectlTest {
  @TempDir Path temporary;

  /** A fake kubectl. */
  private Kubectl kubectl(String script) throws Exception {
    Path program = temporary.resolve("kubectl");
    Files.writeString(program, "#!/bin/sh\n" + script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return new Kubectl(program.toString(), "course");
  }

  @Test
  void saysWhichClusterDoesNotAnswerAndWhy() throws Exception {
    // Given
    Kubectl kubectl =
        kubectl(
            """
            case "$*" in
              *"config view"*) echo '{"current-context": "course",
                "clusters": [{"cluster": {"server": "https://192.0.2.1:6443"}}]}' ;;
              *) echo 'Warning: old' >&2; echo 'Unable to connect to the server: EOF' >&2; exit 1 ;;
            esac
            """);

    // When
    Failure failure = catchThrowableOfType(Failure.class, kubectl::requireCluster);

    // Then
    assertThat(failure)
        .hasMessageStartingWith(
            "cannot reach the cluster: context course at https://192.0.2.1:6443: Unable to connect to the server:"
                + " EOF; ")
        .extracting(Failure::exitCode)
        .isEqualTo(Failure.MISSING);
  }

  @Test
  void withoutKubectlItSaysWhereToGetIt() {
    // Given
    Kubectl kubectl = new Kubectl("kubectl-that-is-not-there", null);

    // When
    Failure failure = catchThrowableOfType(Failure.class, kubectl::requireCluster);

    // Then
    assertThat(failure)
        .hasMessageStartingWith("kubectl is not on the PATH")
        .extracting(Failure::exitCode)
        .isEqualTo(Failure.MISSING);
  }

  @Test
  void asksTheContextThatTheUserNamed() throws Exception {
    // Given
    Kubectl kubectl = kubectl("printf '{\"asked\": \"%s\"}' \"$1\"\n");

    // When
    String asked = kubectl.get("namespace", "podlab").path("asked").asText();

    // Then
    assertThat(asked).isEqualTo("--context=course");
  }

  @Test
  void rendersBothTheListsAndTheRowsOfObjectsThatKubectlsWrite() throws Exception {
    // Given
    Kubectl kubectl =
        kubectl(
            """
            case "$*" in
              *create*) cat ;;
              *) echo '{"kind": "A"}{"kind": "List", "items": [{"kind": "B"}, {"kind": "C"}]}' ;;
            esac
            """);

    // When
    List<ObjectNode> objects = kubectl.render(temporary);

    // Then
    assertThat(objects)
        .extracting(each -> each.path("kind").asText())
        .containsExactly("A", "B", "C");
  }
}
