package io.podlab.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.kit.testing.Spellings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
  static Stream<String> spellings() {
    return Spellings.of("/healthz").stream();
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void hasOneSpelling(String target) {
    assertThat(RequestTarget.normal(target).orElseThrow().split("\\?")[0]).isEqualTo("/healthz");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '~',
      textBlock =
          """
          / /
          // /
          /. /
          /.. /
          /./../ /
          http://x /
          http://x?y /?y
          http:///a /a
          /a//b /a/b
          /a/b/../../../c /c
          /a/..b /a/..b
          /.well-known /.well-known
          /... /...
          /%2F /%2F
          /%2f.. /%2F..
          /a%2f../b /a%2F../b
          /%5c /%5C
          /\\ /%5C
          /%7e~%41 /~~A
          /a;b=c /a%3Bb=c
          /;/a /%3B/a
          /..;/a /..%3B/a
          /%252e%252e/a /%252e%252e/a
          /% /%25
          /%4 /%254
          /%zz /%25zz
          /%%36a /%256a
          /%00 /%00
          /a#b?c /a%23b?c
          /{a} /%7Ba%7D
          /[a] /%5Ba%5D
          /a:b@c!$&'()*+,=d /a:b@c!$&'()*+,=d
          /a? /a?
          /a?? /a??
          /a?/../b//c/ /a?/../b//c/
          /a?x={1} /a?x=%7B1%7D
          /a?x="|^<>\\`#[] /a?x=%22%7C%5E%3C%3E%5C%60%23%5B%5D
          /a?x=%&y=%4&z=%zz /a?x=%25&y=%254&z=%25zz
          /a?x;y=%3b%3d+%2b /a?x;y=%3B%3D+%2B
          /a?%66ollow /a?follow
          /a?x=\u00c3\u00a4 /a?x=%C3%A4
          """)
  void hasANormalForm(String target, String normal) {
    assertThat(RequestTarget.normal(target.replace("\\\\", "\\"))).contains(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "healthz",
        "?x",
        "#",
        "%2Fhealthz",
        "test:443",
        "ftp://x/y",
        "http:/y",
        "http:y",
        "x?http://x/y",
        "\\healthz",
        "httpx://y/z"
      })
  void isEmptyWithoutAPath(String target) {
    assertThat(RequestTarget.normal(target)).isEmpty();
  }

  @Test
  void isAUriAndStaysTheSameWhenNormalizedAgain() {
    Random random = new Random(1);
    List<String> parts =
        List.of(
            "/",
            "/",
            "//",
            ".",
            "..",
            "%2e",
            "%2E",
            "%",
            "%4",
            "%41",
            "%2f",
            "%25",
            "%zz",
            "a",
            "A",
            ";",
            "?",
            "#",
            "{",
            "[",
            "\\",
            "\u00e4",
            "\u0001",
            "http://x",
            ":",
            "@",
            "+",
            "~");
    for (int i = 0; i < 100_000; i++) {
      StringBuilder target = new StringBuilder("/");
      for (int length = random.nextInt(8); length > 0; length--) {
        target.append(parts.get(random.nextInt(parts.size())));
      }
      Optional<String> normal = RequestTarget.normal(target.toString());
      assertThat(normal).as(target.toString()).isPresent();
      assertThat(RequestTarget.normal(normal.get())).as(target.toString()).isEqualTo(normal);
      assertThat(URI.create("http://x" + normal.get()).normalize().getRawPath())
          .as(target.toString())
          .isEqualTo(normal.get().split("\\?")[0]);
    }
  }
}
