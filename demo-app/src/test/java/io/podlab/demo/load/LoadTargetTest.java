package io.podlab.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTargetTest {
  @ParameterizedTest
  @CsvSource({
    "http://demo,                          demo,             80,   /",
    "http://demo:8080,                     demo,             8080, /",
    "HTTP://demo.default.svc:1/a/b?c=d%20, demo.default.svc, 1,    /a/b?c=d%20",
    "http://[fd00::1]:8080?a,              fd00::1,          8080, /?a",
    "http://10.0.0.1/grün#part,            10.0.0.1,         80,   /gr%C3%BCn",
  })
  void isHostPortAndResource(String url, String host, int port, String resource) {
    assertThat(LoadTarget.parse(url)).isEqualTo(new LoadTarget(url, host, port, resource));
  }

  @ParameterizedTest
  @CsvSource({
    "demo:8080,            does not begin with http://",
    "//demo:8080,          does not begin with http://",
    "ftp://demo,           does not begin with http://",
    "https://demo,         https is not supported",
    "http://my_demo:8080,  no valid host",
    "http:///path,         no valid host",
    "http://,              not a URL",
    "http://a b,           not a URL",
    "http://demo:0,        'port 0 is out of range; use 1 to 65535'",
    "http://demo:65536,    'port 65536 is out of range; use 1 to 65535'",
    "http://me:secret@demo,user name or password; use http://",
  })
  void isRefusedWithAReason(String url, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoadTarget.parse(url))
        .withMessageContaining(why);
  }

  @Test
  void isAskedForJsonAndSaysWhetherTheConnectionStays() {
    // Given
    LoadTarget target = LoadTarget.parse("http://[::1]:8080/a?b");

    // Then
    assertThat(new String(target.request(true), StandardCharsets.US_ASCII))
        .startsWith("GET /a?b HTTP/1.1\r\nHost: [::1]:8080\r\nAccept: application/json")
        .endsWith("\r\nConnection: keep-alive\r\n\r\n");
    assertThat(new String(target.request(false), StandardCharsets.US_ASCII))
        .endsWith("\r\nConnection: close\r\n\r\n");
  }
}
