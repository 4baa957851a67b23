package io.podlab.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "/demo, /demo, /",
    "/demo, /demo?x=/demo, /?x=/demo",
    "/demo, /demo/echo?x, /echo?x",
    "/demo, /demo/demo, /demo",
    "/demo, /demonstration, /demonstration",
    "/demo, /demo%2Fecho, /demo%2Fecho",
    "/demo, /, /",
    "/demo, /echo, /echo",
    "/team-a/demo.v1, /team-a/demo.v1/readyz, /readyz",
    "/team-a/demo.v1, /team-a, /team-a"
  })
  void isRemovedFromATarget(String prefix, String target, String rest) {
    assertThat(PathPrefix.of(prefix).removedFrom(target)).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/echo?x"})
  void removesNothingIfThereIsNone(String target) {
    assertThat(PathPrefix.NONE.removedFrom(target)).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({"/demo/, /demo", "/a/b/, /a/b", "/.a, /.a"})
  void canEndWithASlash(String text, String path) {
    assertThat(PathPrefix.of(text).path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "demo",
        "demo/",
        "//demo",
        "/demo//",
        "/demo/..",
        "/../demo",
        "/./demo",
        "/demo?x",
        "/demo#x",
        "/d%65mo",
        "/d\u00e9mo",
        "/a b",
        "http://host/demo",
        "true",
        "/a;b"
      })
  void refusesASettingThatIsNotAPath(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathPrefix.of(text))
        .withMessageContaining("such as /demo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/demo/", "demo", "/../demo"})
  void cannotHaveAnotherPath(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PathPrefix(path));
  }
}
