package io.podlab.demo.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFileTest {
  @TempDir Path directory;
  private Path path;
  private MessageFile file;

  @BeforeEach
  void create() {
    path = directory.resolve("message");
    file = new MessageFile(path);
  }

  @Test
  void isALineWithoutWhatEditorsPutAround() throws IOException {
    // When
    Files.writeString(path, "  second version\n");

    // Then
    assertThat(file.read()).contains("second version");
  }

  @Test
  void mayBeBlank() throws IOException {
    // When
    Files.writeString(path, "\n");

    // Then
    assertThat(file.read()).isEmpty();
  }

  @Test
  void isRefusedWhereItIsAPage() throws IOException {
    // When
    Files.writeString(path, "x".repeat(100_000));

    // Then
    assertThatIOException().isThrownBy(file::read).withMessageContaining("200 characters");
  }

  @Test
  void isRefusedWhereThereIsNone() {
    assertThatIOException().isThrownBy(file::read).withMessage("the file does not exist");
  }

  @Test
  void isRefusedWhereItIsADirectory() throws IOException {
    // When
    Files.createDirectory(path);

    // Then
    assertThatIOException().isThrownBy(file::read).withMessage("not a regular file");
  }

  @Test
  void cannotMoveTheCursor() throws IOException {
    // When
    Files.writeString(path, "a\u001b[2Jb");

    // Then
    assertThatIOException().isThrownBy(file::read).withMessageContaining("control characters");
  }

  /** In the text, ^ is a byte order mark. */
  @ParameterizedTest
  @ValueSource(strings = {"^Grüß Gott", "^Grüß Gott\r\n", "^ Grüß Gott\n", "Grüß Gott"})
  void mayBeginWithAByteOrderMark(String text) throws IOException {
    // When
    Files.writeString(path, text.replace("^", "\uFEFF"));

    // Then
    assertThat(file.read()).contains("Grüß Gott");
  }

  @ParameterizedTest
  @ValueSource(strings = {"^^a", "a^b", "a\n^b"})
  void hasNoOtherByteOrderMark(String text) throws IOException {
    // When
    Files.writeString(path, text.replace("^", "\uFEFF"));

    // Then
    assertThatIOException().isThrownBy(file::read).withMessageContaining("control characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-16"})
  void isRefusedInAnotherEncoding(String charset) throws IOException {
    // When
    Files.write(path, "Grüß Gott".getBytes(charset));

    // Then
    assertThatIOException().isThrownBy(file::read).withMessage("not UTF-8; save the file as UTF-8");
  }

  @Test
  void isRefusedWhereItsLastCharacterIsCutOff() throws IOException {
    // When
    Files.write(path, new byte[] {'a', (byte) 0xc3});

    // Then
    assertThatIOException().isThrownBy(file::read).withMessage("not UTF-8; save the file as UTF-8");
  }

  @Test
  void isTooLongAndNotWrongWhereTheLimitCutsACharacter() throws IOException {
    // When
    Files.writeString(path, "a" + "é".repeat(10_000));

    // Then
    assertThatIOException().isThrownBy(file::read).withMessageContaining("200 characters");
  }
}
