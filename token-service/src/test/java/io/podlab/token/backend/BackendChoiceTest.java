package io.podlab.token.backend;

import static io.podlab.token.backend.BackendConfig.Kind.FILE;
import static io.podlab.token.backend.BackendConfig.Kind.KUBERNETES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendChoiceTest {
  @TempDir Path mount;

  private Path account() throws Exception {
    return Files.writeString(mount.resolve("token"), "x");
  }

  @Test
  void isKubernetesInAPodWithAServiceAccount() throws Exception {
    assertThat(BackendChoice.of(Optional.empty(), true, account()).kind()).isEqualTo(KUBERNETES);
  }

  @Test
  void isAFileInAPodWithoutAServiceAccount() {
    assertThat(BackendChoice.of(Optional.empty(), true, mount.resolve("none")).kind())
        .isEqualTo(FILE);
  }

  @Test
  void isAFileOutsideAPod() throws Exception {
    assertThat(BackendChoice.of(Optional.empty(), false, account()).kind()).isEqualTo(FILE);
  }

  @ParameterizedTest
  @EnumSource
  void followsTheSetting(BackendConfig.Kind kind) throws Exception {
    assertThat(BackendChoice.of(Optional.of(kind), true, account()).kind()).isEqualTo(kind);
    assertThat(BackendChoice.of(Optional.of(kind), false, mount.resolve("none")).kind())
        .isEqualTo(kind);
  }
}
