package io.podlab.probe.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.probe.answer.FixedConfig;
import io.podlab.probe.answer.Mechanism;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.answer.SettableUptime;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeenProbeTest {
  private final SettableUptime settable = SettableUptime.begun();
  private final Probe probe =
      new Probes(new FixedConfig(), settable.uptime()).get(ProbeType.LIVENESS);

  private SeenProbe seen(Map<String, String> headers) {
    return SeenProbe.of(
        probe.answer(
            Mechanism.HTTP, SocketAddress.inetSocketAddress(40000, "10.0.0.1"), headers.entrySet()),
        settable.uptime());
  }

  @Test
  void omitsHeadersThatEveryClientSends() {
    // When
    SeenProbe seen =
        seen(
            Map.of(
                "Host", "10.0.0.7:8080",
                "User-Agent", "kube-probe/1.20",
                "Accept", "*/*",
                "Connection", "close",
                "Custom-Header", "Awesome"));

    // Then
    assertThat(seen.userAgent()).isEqualTo("kube-probe/1.20");
    assertThat(seen.headers()).containsExactly(Map.entry("Custom-Header", "Awesome"));
    assertThat(seen.from()).isEqualTo("10.0.0.1");
  }

  @Test
  void hidesSecrets() {
    // When
    SeenProbe seen = seen(Map.of("authorization", "Bearer abc", "Cookie", "abc"));

    // Then
    assertThat(seen.headers())
        .containsOnly(Map.entry("authorization", "(hidden)"), Map.entry("Cookie", "(hidden)"));
  }

  @Test
  void cutsLongTextAndReplacesControlCharacters() {
    // When
    List<String> row = seen(Map.of("User-Agent", "\u001b[2J", "X", "y".repeat(5000))).row();

    // Then
    assertThat(String.join("", row)).hasSizeLessThan(200).doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void hasTheTimeSinceThePreviousRequest() {
    // Given
    seen(Map.of());
    settable.advance(Duration.ofMillis(2997));

    // When
    SeenProbe seen = seen(Map.of());

    // Then
    assertThat(seen.interval()).isEqualTo(2.997);
    assertThat(seen.row()).contains("2.997s");
  }
}
