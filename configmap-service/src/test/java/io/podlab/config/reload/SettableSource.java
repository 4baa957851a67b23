package io.podlab.config.reload;

import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.ReadResult;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A source whose content the test sets. */
final class SettableSource implements Source {
  volatile Reading reading = content(Map.of("color", "red"));
  volatile Error failure;
  volatile CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
  final AtomicInteger looks = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger asked = new AtomicInteger();

  private final SourceName name;
  private final Clock clock;
  private Optional<Instant> confirmedAt = Optional.empty();

  SettableSource(SourceName name, Clock clock) {
    this.name = name;
    this.clock = clock;
  }

  static Reading content(Map<String, String> data) {
    return new Reading.Content(
        Snapshot.of(data, Map.of()), Optional.empty(), Optional.empty(), false);
  }

  void color(String color) {
    reading = content(Map.of("color", color));
  }

  @Override
  public SourceName name() {
    return name;
  }

  @Override
  public String origin() {
    return "test";
  }

  @Override
  public String reloads() {
    return "at once";
  }

  @Override
  public boolean watching() {
    return true;
  }

  @Override
  public ReadResult look() {
    looks.incrementAndGet();
    if (failure != null) {
      throw failure;
    }
    if (!(reading instanceof Reading.Unreadable)) {
      confirmedAt = Optional.of(clock.instant());
    }
    return new ReadResult(reading, confirmedAt);
  }

  @Override
  public ReadResult read() {
    reads.incrementAndGet();
    return look();
  }

  @Override
  public CompletableFuture<Void> ask() {
    asked.incrementAndGet();
    return answer;
  }
}
