package io.podlab.demo.identity;

import io.podlab.demo.duration.GoDuration;
import io.podlab.demo.lifecycle.Lifecycle;
import io.podlab.demo.reload.Generation;
import io.podlab.demo.terminal.Printable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Knows which pod this is, and numbers those who ask. */
@Singleton
public final class WhoAnswers {
  private final Identity atStart;
  private final Identity.Line line;
  private final Clock clock;
  private final Generation generation;
  private final AtomicLong requests = new AtomicLong();

  WhoAnswers(
      PodConfig pod,
      MarkConfig mark,
      @ConfigProperty(name = "quarkus.application.version") String version,
      Clock clock,
      Lifecycle lifecycle,
      Generation generation) {
    this.atStart = identity(pod, mark, Host.current(), version, lifecycle.start());
    this.line = Identity.Line.of(atStart);
    this.clock = clock;
    this.generation = generation;
  }

  /** The manifest knows better than the host: a host name may be cut, an interface be another's. */
  static Identity identity(
      PodConfig pod, MarkConfig mark, Host host, String version, Instant startedAt) {
    return new Identity(
        Printable.line(pod.name().orElse(host.name())),
        pod.namespace().or(host::namespace).map(Printable::line),
        pod.ip().or(host::address),
        pod.node().map(Printable::line),
        pod.serviceAccount().map(Printable::line),
        version,
        mark.color(),
        mark.message(),
        startedAt.truncatedTo(ChronoUnit.MILLIS),
        GoDuration.format(Duration.ZERO),
        0,
        1);
  }

  /** Counts as a request. */
  public Identity asked() {
    return now(requests.incrementAndGet());
  }

  /** Counts as a request, and costs next to nothing. */
  String askedForText() {
    return line.numbered(requests.incrementAndGet());
  }

  /** Does not count. */
  public Identity now() {
    return now(requests.get());
  }

  private Identity now(long number) {
    Duration uptime = Duration.between(atStart.startedAt(), clock.instant());
    return new Identity(
        atStart.pod(),
        atStart.namespace(),
        atStart.podIP(),
        atStart.node(),
        atStart.serviceAccount(),
        atStart.version(),
        atStart.colour(),
        atStart.message(),
        atStart.startedAt(),
        GoDuration.format(uptime.truncatedTo(ChronoUnit.MILLIS)),
        number,
        generation.current());
  }
}
