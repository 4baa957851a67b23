package io.podlab.probe.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.probe.schedule.Schedule;
import io.podlab.probe.schedule.State;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProbeTest {
  private static final SocketAddress KUBELET = SocketAddress.inetSocketAddress(40000, "10.0.0.1");

  private final SettableUptime settable = SettableUptime.begun();
  private final Probe probe =
      new Probe(ProbeType.LIVENESS, Schedule.parse("ok:10s,fail"), settable.uptime());

  private ProbeRequest ask(Mechanism mechanism) {
    return probe.answer(mechanism, KUBELET, Map.of("User-Agent", "kube-probe/1.20").entrySet());
  }

  @Test
  void recordsRequestsAndAnswers() {
    // Given
    settable.advance(Duration.ofSeconds(12));

    // When
    ProbeRequest request = ask(Mechanism.HTTP);

    // Then
    assertThat(probe.history().last()).containsExactly(request);
    assertThat(request.number()).isEqualTo(1);
    assertThat(request.at()).isEqualTo(12_000_000_000L);
    assertThat(request.mechanism()).isEqualTo(Mechanism.HTTP);
    assertThat(request.from()).isEqualTo(KUBELET);
    assertThat(request.headers()).containsExactly(Map.entry("User-Agent", "kube-probe/1.20"));
    assertThat(request.answer()).isEqualTo(State.FAIL);
  }

  @Test
  void measuresTheTimeSinceThePreviousRequestOfTheSameMechanism() {
    // Given
    ask(Mechanism.HTTP);
    settable.advance(Duration.ofSeconds(1));
    ProbeRequest first = ask(Mechanism.GRPC);
    settable.advance(Duration.ofSeconds(2));

    // When
    ProbeRequest second = ask(Mechanism.HTTP);

    // Then
    assertThat(first.interval()).isEmpty();
    assertThat(second.interval()).isEqualTo(OptionalLong.of(3_000_000_000L));
  }

  @Test
  void failsTheNextProbesOfEveryMechanism() {
    // Given
    probe.failNext(3);

    // When
    List<State> answers =
        List.of(
            ask(Mechanism.HTTP).answer(),
            ask(Mechanism.GRPC).answer(),
            ask(Mechanism.GRPC).answer(),
            ask(Mechanism.HTTP).answer());

    // Then
    assertThat(answers).containsExactly(State.FAIL, State.FAIL, State.FAIL, State.OK);
  }

  @Test
  void knowsHowLongAClientWaited() {
    // Given
    ProbeRequest request = ask(Mechanism.HTTP);
    assertThat(request.patience()).isEmpty();
    settable.advance(Duration.ofMillis(1001));

    // When
    probe.left(request);

    // Then
    assertThat(request.patience()).isEqualTo(OptionalLong.of(1_001_000_000L));
  }

  @Test
  void keepsTheLastTwoHundredRequestsAndAConstantNumberOfMetrics() {
    // Given
    Vertx vertx = Vertx.vertx();
    MeterRegistry meters = new SimpleMeterRegistry();
    Probes probes = new Probes(new FixedConfig(), settable.uptime());
    new ProbeMetrics(probes, settable.uptime(), vertx, meters);
    int before = meters.getMeters().size();
    Probe readiness = probes.get(ProbeType.READINESS);

    // When
    try {
      for (int second = 0; second < 86_400; second++) {
        settable.advance(Duration.ofSeconds(1));
        readiness.answer(Mechanism.HTTP, KUBELET, Map.of("X-" + second, "y").entrySet());
      }
    } finally {
      vertx.close();
    }

    // Then
    assertThat(readiness.history().last())
        .extracting(ProbeRequest::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(86_201, 86_400).boxed().toList());
    assertThat(meters.getMeters()).hasSize(before);
    assertThat(
            meters
                .get("lab.probe.requests")
                .tags("probe", "readiness", "mechanism", "http", "result", "ok")
                .functionCounter()
                .count())
        .isEqualTo(86_400);
    assertThat(
            meters
                .get("lab.probe.interval")
                .tags("probe", "readiness", "mechanism", "http")
                .timer()
                .count())
        .isEqualTo(86_399);
    // The meters refer to the probes weakly.
    Reference.reachabilityFence(probes);
  }

  @Test
  void recordsAllConcurrentRequests() throws Exception {
    // Given
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<ProbeRequest> followed = java.util.Collections.synchronizedList(new ArrayList<>());
    Runnable end = probe.history().follow(followed::add);

    // When
    try {
      List<Future<?>> askers =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(
                  i ->
                      threads.submit(
                          () -> IntStream.range(0, 1000).forEach(n -> ask(Mechanism.HTTP))))
              .toList();
      for (Future<?> asker : askers) {
        asker.get();
      }
    } finally {
      threads.shutdownNow();
    }
    end.run();
    ask(Mechanism.HTTP);

    // Then
    assertThat(probe.history().count()).isEqualTo(4001);
    assertThat(probe.count(State.OK)).isEqualTo(4001);
    assertThat(probe.history().last()).hasSize(History.KEPT);
    assertThat(followed).extracting(ProbeRequest::number).doesNotHaveDuplicates().hasSize(4000);
  }
}
