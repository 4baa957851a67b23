package io.podlab.probe.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.probe.answer.FixedConfig;
import io.podlab.probe.answer.Mechanism;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.answer.SettableUptime;
import io.podlab.probe.schedule.Schedule;
import io.podlab.probe.schedule.State;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminationMessageTest {
  private final SettableUptime settable = SettableUptime.begun();
  private final Probes probes =
      new Probes(new FixedConfig().withLiveness("ok:10s,fail"), settable.uptime());

  private void askEverySecond(ProbeType type, int times) {
    Probe probe = probes.get(type);
    for (int i = 0; i < times; i++) {
      settable.advance(Duration.ofSeconds(1));
      probe.answer(
          Mechanism.HTTP,
          SocketAddress.inetSocketAddress(1, "10.0.0.1"),
          Map.<String, String>of().entrySet());
    }
  }

  @Test
  void hasTheTimeOfTheFailureAndTheNumberOfProbes() {
    // Given
    askEverySecond(ProbeType.LIVENESS, 13);

    // When
    String words = TerminationMessage.of(probes.all(), "SIGTERM", 21_400_000_000L);

    // Then
    assertThat(words)
        .isEqualTo("liveness failed from 10.0s; 10 probes ok, 3 failed; SIGTERM after 21.4s");
  }

  @Test
  void describesAnEndWithoutASignal() {
    assertThat(TerminationMessage.of(probes.all(), "ended", 0))
        .isEqualTo("liveness ok; no probe seen; ended after 0.0s");
  }

  @Test
  void includesOtherProbesThatHadRequestsOrAreNotOk() {
    // Given
    askEverySecond(ProbeType.READINESS, 1);
    probes.get(ProbeType.STARTUP).begin(Schedule.parse("hang"), 0);

    // When
    String words = TerminationMessage.of(probes.all(), "SIGINT", 2_000_000_000L);

    // Then
    assertThat(words)
        .isEqualTo(
            "liveness ok; no probe seen; readiness ok; 1 probe ok, 0 failed; startup hung from 1.0s;"
                + " no probe seen; SIGINT after 2.0s");
  }

  @Test
  void mentionsThatRefusedConnectionsAreNotSeen() {
    // Given
    probes
        .get(ProbeType.LIVENESS)
        .answered(Mechanism.TCP, SocketAddress.inetSocketAddress(1, "10.0.0.1"), State.OK);

    // When
    String words = TerminationMessage.of(probes.all(), "SIGTERM", 0);

    // Then
    assertThat(words)
        .isEqualTo(
            "liveness ok; 1 probe ok, 0 failed, refused connections not seen; SIGTERM after 0.0s");
  }
}
