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

/** Provides the identity of the pod and counts identity requests. */
@Singleton
public final class PodIdentity {
  private static final Logger LOG = Logger.getLogger(PodIdentity.class);

  private final Optional<MessageFile> messageFile;
  private final Clock clock;
  private final Generation generation;
  private final AtomicLong requests = new AtomicLong();
  private volatile Known known;

  /** The parts that are the same for all requests. */
  private record Known(Identity atStart, Identity.Line line) {
    static Known of(Identity atStart) {
      return new Known(atStart, Identity.Line.of(atStart));
    }
  }

  PodIdentity(
      PodConfig pod,
      VersionMarkConfig mark,
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
    messageFile.ifPresent(file -> known = Known.of(known.atStart().withMessage(read(file))));
  }

  private static Optional<String> read(MessageFile file) {
    try {
      return file.read();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "cannot read LAB_DEMO_MESSAGE_FILE=%s: %s; the message is unchanged"
              .formatted(file.path(), unreadable.getMessage()),
          unreadable);
    }
  }

  /**
   * The manifest takes precedence: a host name can be cut, and an interface can be the wrong one.
   */
  static Identity identity(
      PodConfig pod, VersionMarkConfig mark, Host host, String version, Instant startedAt) {
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

  /** Increases the request number. */
  public Identity asked() {
    return now(requests.incrementAndGet());
  }

  /** Increases the request number. Fast, because only the number changes. */
  public String askedForText() {
    return known.line().numbered(requests.incrementAndGet());
  }

  /** Leaves the request number as it is. */
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
