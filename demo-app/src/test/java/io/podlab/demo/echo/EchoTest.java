package io.podlab.demo.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EchoTest {
  private static final Map<String, List<String>> HEADERS = Map.of("X-Twice", List.of("a", "b"));

  @Test
  void readsAsHttpWritesIt() {
    // When
    Echo echo = Echo.of("POST", "/echo?a=1&b=%20", "HTTP/1.1", HEADERS, utf8("hello\nworld"));

    // Then
    assertThat(echo.plainText())
        .isEqualTo(
            """
            POST /echo?a=1&b=%20 HTTP/1.1
            X-Twice: a
            X-Twice: b

            hello
            world
            """);
  }

  @Test
  void endsWithTheHeadersWhereThereIsNoBody() {
    // When
    Echo echo = Echo.of("GET", "/echo", "HTTP/1.1", HEADERS, new byte[0]);

    // Then
    assertThat(echo.plainText()).isEqualTo("GET /echo HTTP/1.1\nX-Twice: a\nX-Twice: b\n");
  }

  @Test
  void givesBytesThatAreNoTextInBase64() {
    // When
    Echo echo = Echo.of("PUT", "/echo", "HTTP/1.1", HEADERS, new byte[] {(byte) 0xFF, 0, 1});

    // Then
    assertThat(echo.body()).isEmpty();
    assertThat(echo.bodyBase64()).contains("/wAB");
    assertThat(echo.plainText()).endsWith("\n\n(base64) /wAB\n");
  }

  @Test
  void sendsNoControlsToATerminal() {
    // When
    Echo echo = Echo.of("POST", "/echo", "HTTP/1.1", HEADERS, utf8("\u001B[2Jgone\u009B"));

    // Then
    assertThat(echo.plainText()).endsWith("\n\n\uFFFD[2Jgone\uFFFD\n");
    assertThat(echo.body()).contains("\u001B[2Jgone\u009B");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
