package io.podlab.demo.identity;

import io.podlab.demo.lifecycle.Lifecycle;
import io.podlab.demo.reload.Generation;
import io.podlab.demo.reload.Reload;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.text.Printable;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Knows which pod this is, and numbers those who ask. */
@Singleton
public final class WhoAnswers {
  private static final Logger LOG = Logger.getLogger(WhoAnswers.class);

  private final Optional<MessageFile> messageFile;
  private final Clock clock;
  private final Generation generation;
  private final AtomicLong requests = new AtomicLong();
  private volatile Known known;

  /** What does not change from one request to the next. */
  private record Known(Identity atStart, Identity.Line line) {
    static Known of(Identity atStart) {
      return new Known(atStart, Identity.Line.of(atStart));
    }
  }

  WhoAnswers(
      PodConfig pod,
      MarkConfig mark,
      @ConfigProperty(name = "quarkus.application.version") String version,
      Clock clock,
      Lifecycle lifecycle,
      Generation generation) {
    this.messageFile = mark.messageFile().map(MessageFile::new);
    this.clock = clock;
    this.generation = generation;
    this.known = Known.of(identity(pod, mark, Host.current(), version, lifecycle.start()));
    try {
      reload(null);
    } catch (UncheckedIOException unreadable) {
      LOG.warn(unreadable.getMessage());
    }
  }

  void reload(@Observes Reload reload) {
    messageFile.ifPresent(file -> known = Known.of(known.atStart().saying(read(file))));
  }

  private static Optional<String> read(MessageFile file) {
    try {
      return file.read();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "LAB_DEMO_MESSAGE_FILE=%s: %s; the message stays as it was"
              .formatted(file.path(), unreadable.getMessage()),
          unreadable);
    }
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
    return known.line().numbered(requests.incrementAndGet());
  }

  /** Does not count. */
  public Identity now() {
    return now(requests.get());
  }

  private Identity now(long number) {
    Identity atStart = known.atStart();
    Duration uptime = Duration.between(atStart.startedAt(), clock.instant());
    return atStart.asOf(
        GoDuration.format(uptime.truncatedTo(ChronoUnit.MILLIS)), number, generation.current());
  }
}
