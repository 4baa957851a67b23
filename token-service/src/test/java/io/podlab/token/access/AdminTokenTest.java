package io.podlab.token.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTokenTest {
  private static final Right CREATE = new Right(Right.Verb.CREATE, Optional.empty());

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("admin-token");
  }

  private String made() throws Exception {
    return Files.readString(file()).strip();
  }

  @Test
  void isMadeOfMoreThan128RandomBitsForTheOwnerAlone() throws Exception {
    // When
    AdminToken.in(directory);

    // Then: base64 has six bits a character.
    assertThat(made()).matches("[A-Za-z0-9_-]{43}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void isAnotherInEveryDirectory() throws Exception {
    // When
    AdminToken.in(directory);
    String first = made();
    Files.delete(file());
    AdminToken.in(directory);

    // Then
    assertThat(made()).isNotEqualTo(first);
  }

  @Test
  void outlivesARestart() throws Exception {
    // Given
    AdminToken.in(directory);
    String first = made();

    // When
    Authority restarted = AdminToken.in(directory);

    // Then
    assertThat(made()).isEqualTo(first);
    assertThat(restarted.decide(first, CREATE)).isEqualTo(new Authority.Allowed("admin"));
  }

  @Test
  void isTheOnlyOneThatIsTaken() throws Exception {
    // Given
    Authority authority = AdminToken.in(directory);
    String token = made();

    // Then
    assertThat(authority.decide(token, CREATE)).isEqualTo(new Authority.Allowed("admin"));
    assertThat(authority.decide(token + "x", CREATE)).isEqualTo(new Authority.Unauthenticated());
    assertThat(authority.decide(token.substring(1), CREATE))
        .isEqualTo(new Authority.Unauthenticated());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "short", "has a space in the middle of it", "line-one-line-one-line\n2"})
  void isNotMadeAnewOverWhatSomebodyHasWritten(String content) throws Exception {
    // Given
    Files.writeString(file(), content);

    // Then
    assertThatThrownBy(() -> AdminToken.in(directory))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(file() + " does not hold an admin token");
    assertThat(Files.readString(file())).isEqualTo(content);
  }

  @Test
  void isTakenFromOthersWhoCouldReadIt() throws Exception {
    // Given
    AdminToken.in(directory);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    // When
    AdminToken.in(directory);

    // Then
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }
}
