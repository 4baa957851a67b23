package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {
  private static final Masks MASKS =
      new Masks("liveness-http-abcde", "liveness-http", List.of("kind-worker", "ip-10-0-0-1.ec2"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pod/x   created                            | pod/x created
          web   1/1   Running   1 (2s ago)   24s     | web 1/1 Running 1 <age>
          AGE 2m3s 1.204s 250ms 4d2h                 | AGE <age> <age> <age> <age>
          after 5 s and 1.5 seconds                  | after <age> and <age>
          10.244.0.17:8080                           | <ip>:<n>
          10.244.0.17:80                             | <ip>:80
          2026-11-27T09:03:11.974Z 09:03:11          | <time> <time>
          uid 4cb2aaaf-2c55-4167-99aa-1479ca8f4f4a   | uid <uid>
          web-6d4b75cb6d-2xkzq web-2xkzq             | web-<x> web-<x>
          abcdef.0123456789abcdef                    | <token>
          sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 | sha256:<hex>
          exit code 143, port 80, HTTP 404, 12345    | exit code 143, port 80, HTTP 404, <n>
          227 requests: 227 answered, 100 failed     | <n> requests: <n> answered, <n> failed
          113 by demo-1                              | <n> by demo-1
          fd00:10:244::5 [::1]:80 ::                 | <ip> <ip>:80 <ip>
          2001:db8:0:0:1:2:3:4, fe80::1: refused     | <ip>, <ip>: refused
          io::read 10:20 a:b                         | io::read 10:20 a:b
          namespace liveness-http-abcde              | namespace liveness-http
          on kind-worker, not kind-worker2           | on node1, not kind-worker2
          on ip-10-0-0-1.ec2.                        | on node1.
          static-web-kind-worker                     | static-web-node1
          <invalid> <unknown>                        | <age> <age>
          """)
  void takesOutWhatDiffersFromClusterToCluster(String line, String masked) {
    assertThat(MASKS.of(line)).isEqualTo(masked);
  }

  @Test
  void blanksDoNotCount() {
    assertThat(MASKS.of("  a \t b  ")).isEqualTo("a b");
  }
}
