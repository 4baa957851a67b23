package io.podlab.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
  private static final Answer DEMO_1 = new Answer(200, Optional.of("demo-1"), true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK~content-length: 16~~{'pod':'demo-1'}",
        "HTTP/1.1 200~Content-Length:  17 ~~{'pod' :'demo-1'}",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~{'~A;x=y~pod':'demo~4~-1'}~0~trailer: x~~",
        "HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Content-Length: 25~~pod demo-1, namespace x~",
      })
  void readsTheAnswerAndNoFurther(String answer) throws IOException {
    // Given
    ByteArrayInputStream in = in(answer + "HTTP/1.1 204 No Content~~rest");

    // Then
    assertThat(new AnswerReader(in).read()).isEqualTo(DEMO_1);
    assertThat(new AnswerReader(in).read()).isEqualTo(new Answer(204, Optional.empty(), true));
    assertThat(in.readAllBytes()).asString().isEqualTo("rest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK~Connection: Close~Content-Length: 16~~{'pod':'demo-1'}",
        "HTTP/1.0 200 OK~Content-Length: 16~~{'pod':'demo-1'}",
        "HTTP/1.1 200 OK~~{'pod':'demo-1'}",
      })
  void knowsThatTheConnectionEnds(String answer) throws IOException {
    assertThat(new AnswerReader(in(answer)).read())
        .isEqualTo(new Answer(200, Optional.of("demo-1"), false));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                                     closed before the answer",
    "HTTP/1.1 200 OK,                                        closed in the middle of the answer",
    "HTTP/1.1 200 OK~Content-Length: 3~~ab,                  closed in the middle of the answer",
    "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~ab~,      closed in the middle of the answer",
    "SSH-2.0-OpenSSH~,                                       not HTTP/1.1",
    "HTTP/2 200~,                                            not HTTP/1.1",
    "HTTP/1.1 200 OK~Content-Length: many~~,                 not HTTP/1.1",
    "HTTP/1.1 200 OK~Content-Length: -1~~,                   not HTTP/1.1",
  })
  void saysWhatIsWrongWithIt(String answer, String why) {
    assertThatExceptionOfType(RequestFailure.class)
        .isThrownBy(() -> new AnswerReader(in(answer)).read())
        .withMessageContaining(why);
  }

  @Test
  void readsNeitherEndlessHeadersNorBodies() {
    // Given
    String header = "x: " + "y".repeat(1000) + "~";

    // Then
    assertThatExceptionOfType(RequestFailure.class)
        .isThrownBy(() -> new AnswerReader(in("HTTP/1.1 200 OK~" + header.repeat(70))).read())
        .withMessageContaining("at most 64 KiB");
    assertThatExceptionOfType(RequestFailure.class)
        .isThrownBy(
            () -> new AnswerReader(in("HTTP/1.1 200 OK~~" + "y".repeat(17 * 1024 * 1024))).read())
        .withMessageContaining("at most 16 MiB");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"pod\":\"demo-5cc9-x\",\"b\":2} | demo-5cc9-x",
        "pod demo-5cc9-x, namespace default        | demo-5cc9-x",
        "a pod demo-5cc9-x, namespace default      |",
        "{\"pod\":\"two words\"}                   |",
        "{\"pod\":\"\\u001b[31m\"}                 |",
        "{\"podIP\":\"10.0.0.1\"}                  |",
      })
  void findsThePodThatIsNamed(String body, String pod) {
    assertThat(AnswerReader.podIn(body)).isEqualTo(Optional.ofNullable(pod));
  }

  /** In the text, ~ is a line end and ' a double quote. */
  private static ByteArrayInputStream in(String text) {
    return new ByteArrayInputStream(
        text.replace("~", "\r\n").replace('\'', '"').getBytes(StandardCharsets.US_ASCII));
  }
}
