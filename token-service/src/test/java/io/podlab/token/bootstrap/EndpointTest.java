package io.podlab.token.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final String LABEL = "a".repeat(63);
  private static final String[] GOOD = {
    "10.0.0.1:6443",
    "255.255.255.255:1",
    "127.0.0.1:6443",
    "api.example.org:443",
    "api.example.org.:443",
    "API-1.Example.org:443",
    "k8s:1",
    "1a.2b:1",
    "[fd00::1]:6443",
    "[::1]:6443",
    "[2001:DB8:0:0:0:0:0:1]:6443",
    "[::ffff:10.0.0.1]:6443",
    "0xg:1",
    "a0x1:1",
    "x:65535",
    LABEL + ":1",
    LABEL + "." + LABEL + "." + LABEL + "." + "a".repeat(61) + ":1"
  };
  private static final String[] BAD = {
    "",
    ":",
    ":6443",
    "10.0.0.1:",
    "10.0.0.1:0",
    "10.0.0.1:65536",
    "10.0.0.1:99999999999",
    "10.0.0.1:+1",
    "10.0.0.1:-1",
    "10.0.0.1:https",
    "10.0.0.1:٦٤٤٣",
    "10.0.0.1:6443/path",
    "10.0.0.1:6443?x",
    "10.0.0.1:6443#x",
    "10.0.0.1:6443//",
    "user@10.0.0.1:6443",
    "user:secret@10.0.0.1:6443",
    "http://10.0.0.1:6443",
    "ftp://10.0.0.1:6443",
    "https://https://10.0.0.1:6443",
    "//10.0.0.1:6443",
    "10.0.0.1:6443:6443",
    "0.0.0.0:6443",
    "[::]:6443",
    "256.0.0.1:6443",
    "10.0.0:6443",
    "10.0.0.1.2:6443",
    "010.0.0.1:6443",
    "10.0.0.1.:6443",
    "1:6443",
    "api.1:6443",
    "0x7f000001:6443",
    "0X7F000001.:6443",
    "0x7f.0.0.0x1:6443",
    "api.0x:6443",
    "[::ffff:010.0.0.1]:6443",
    "[::ffff:256.0.0.1]:6443",
    "[::ffff:10.0.1]:6443",
    "[::10.0.0.1:1]:6443",
    "fd00::1:6443",
    "[fd00::1:6443",
    "fd00::1]:6443",
    "[fd00::1::2]:6443",
    "[fd00:::1]:6443",
    "[12345::1]:6443",
    "[10.0.0.1]:6443",
    "[api.example.org]:6443",
    "[fe80::1%eth0]:6443",
    "[fe80::1%25eth0]:6443",
    "[]:6443",
    "[[::1]]:6443",
    "a b:1",
    " a:1",
    "a:1 ",
    "a:1\n",
    "a\n:1",
    "a\t:1",
    "a\u00a0b:1",
    "-a:1",
    "--config:1",
    "a-:1",
    "a..b:1",
    ".a:1",
    "a_b:1",
    "ä.example.org:1",
    "$(reboot):1",
    "${HOME}:1",
    "$HOME:1",
    "`reboot`:1",
    "a;b:1",
    "a|b:1",
    "a&b:1",
    "a>b:1",
    "a<b:1",
    "a*:1",
    "a?:1",
    "~:1",
    "{a,b}:1",
    "[ab]:1",
    "'a':1",
    "\"a\":1",
    "a\\b:1",
    "a#b:1",
    "#a:1",
    "!a:1",
    "%:1",
    "a\u0000:1",
    LABEL + "a:1",
    LABEL + "." + LABEL + "." + LABEL + "." + LABEL + ":1"
  };

  static Stream<String> good() {
    return Arrays.stream(GOOD);
  }

  static Stream<String> bad() {
    return Arrays.stream(BAD);
  }

  @ParameterizedTest
  @MethodSource("good")
  void parsesHostAndPort(String given) {
    assertThat(Endpoint.parse(given)).hasToString(given);
    assertThat(Endpoint.ofServer("https://" + given)).hasToString(given);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesInvalidEndpointsAndShellMetacharacters(String given) {
    assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(given));
    assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.ofServer("https://" + given));
  }

  @ParameterizedTest
  @CsvSource({
    "https://10.0.0.1, 10.0.0.1:443",
    "https://api.example.org, api.example.org:443",
    "https://[fd00::1], [fd00::1]:443",
    "https://10.0.0.1/, 10.0.0.1:443",
    "https://10.0.0.1:6443/, 10.0.0.1:6443",
    "HTTPS://10.0.0.1:6443, 10.0.0.1:6443",
    "10.0.0.1:6443, 10.0.0.1:6443",
    "10.0.0.1, 10.0.0.1:443",
  })
  void parsesTheServerOfAKubeconfig(String server, String endpoint) {
    assertThat(Endpoint.ofServer(server)).hasToString(endpoint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "api.example.org", "[fd00::1]", "https://10.0.0.1:6443"})
  void requiresAPortAndNoScheme(String given) {
    assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(given));
  }

  @Test
  void quotesAnIpv6AddressForAShell() {
    assertThat(Endpoint.parse("[fd00::1]:6443").quoted()).isEqualTo("'[fd00::1]:6443'");
    assertThat(Endpoint.parse("10.0.0.1:6443").quoted()).isEqualTo("10.0.0.1:6443");
  }
}
