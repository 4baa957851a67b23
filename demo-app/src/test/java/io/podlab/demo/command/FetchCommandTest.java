package io.podlab.demo.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FetchCommandTest {
  @Test
  void takesNoMoreThanItMay() throws IOException {
    // Given
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    // Then
    assertThat(FetchCommand.copy(new ByteArrayInputStream(new byte[100]), out, 100)).isEqualTo(100);
    assertThatIOException()
        .isThrownBy(() -> FetchCommand.copy(new ByteArrayInputStream(new byte[101]), out, 100))
        .withMessage("the answer is too large (at most 100 bytes)");
  }
}
