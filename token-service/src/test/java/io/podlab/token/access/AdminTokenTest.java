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
  void hasMoreThan128RandomBitsAndIsReadableByTheOwnerOnly() throws Exception {
    // When
    AdminToken.in(directory);

    // Then: base64 has six bits per character.
    assertThat(made()).matches("[A-Za-z0-9_-]{43}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void differsInEveryDirectory() throws Exception {
    // When
    AdminToken.in(directory);
    String first = made();
    Files.delete(file());
    AdminToken.in(directory);

    // Then
    assertThat(made()).isNotEqualTo(first);
  }

  @Test
  void survivesARestart() throws Exception {
    // Given
    AdminToken.in(directory);
    String first = made();

    // When
    Authorizer restarted = AdminToken.in(directory);

    // Then
    assertThat(made()).isEqualTo(first);
    assertThat(restarted.decide(first, CREATE)).isEqualTo(new Authorizer.Allowed("admin"));
  }

  @Test
  void isTheOnlyAcceptedToken() throws Exception {
    // Given
    Authorizer authorizer = AdminToken.in(directory);
    String token = made();

    // Then
    assertThat(authorizer.decide(token, CREATE)).isEqualTo(new Authorizer.Allowed("admin"));
    assertThat(authorizer.decide(token + "x", CREATE)).isEqualTo(new Authorizer.Unauthenticated());
    assertThat(authorizer.decide(token.substring(1), CREATE))
        .isEqualTo(new Authorizer.Unauthenticated());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "short", "has a space in the middle of it", "line-one-line-one-line\n2"})
  void doesNotReplaceAnInvalidFile(String content) throws Exception {
    // Given
    Files.writeString(file(), content);

    // Then
    assertThatThrownBy(() -> AdminToken.in(directory))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(file() + " does not contain an admin token");
    assertThat(Files.readString(file())).isEqualTo(content);
  }

  @Test
  void removesReadAccessOfOthers() throws Exception {
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
