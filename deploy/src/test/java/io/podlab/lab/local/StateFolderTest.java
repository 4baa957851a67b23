package io.podlab.lab.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.lab.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateFolderTest {
  @ParameterizedTest
  @CsvSource({
    "/var/state, /var/state/podlab",
    "'', /home/me/.local/state/podlab",
    "relative, /home/me/.local/state/podlab"
  })
  void followsTheXdgSpecification(String value, Path expected) {
    // When
    StateFolder folder = StateFolder.of(Map.of("XDG_STATE_HOME", value), Path.of("/home/me"));

    // Then
    assertThat(folder.root()).isEqualTo(expected);
  }

  @Test
  void liesInTheHomeFolderByDefault() {
    // When
    StateFolder folder = StateFolder.of(Map.of(), Path.of("/home/me"));

    // Then
    assertThat(folder.root()).isEqualTo(Path.of("/home/me/.local/state/podlab"));
  }

  @Test
  void saysWhatToDoWhenItCannotBeMade(@TempDir Path temporary) throws Exception {
    // Given
    Path file = Files.createFile(temporary.resolve("file"));

    // When
    StateFolder folder = new StateFolder(file.resolve("podlab"));

    // Then
    assertThatThrownBy(folder::create)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("set XDG_STATE_HOME");
  }
}
