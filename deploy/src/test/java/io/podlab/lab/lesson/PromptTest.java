package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.lab.console.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PromptTest {
  private static final Console CONSOLE =
      new Console(System.out, new PrintStream(new ByteArrayOutputStream()), false);

  /** Input that arrives after the program has started to read. */
  static InputStream typing(String keys) {
    return new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }

  private static boolean allIsRead() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("input"));
  }

  @Test
  void anEnterBeforeTheFirstQuestionDoesNotCount() throws Exception {
    assertThat(new Prompt(CONSOLE, new ByteArrayInputStream(new byte[] {'\n'})).await("to begin"))
        .isFalse();
  }

  @Test
  void anEnterBetweenTwoQuestionsDoesNotCount() throws Exception {
    // Given
    Prompt prompt = new Prompt(CONSOLE, typing("\n\n"));
    assertThat(prompt.await("to begin")).isTrue();
    await().until(PromptTest::allIsRead);

    // When / Then
    assertThat(prompt.await("to go on")).isFalse();
  }
}
