package io.podlab.kit.testing;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that only {@link #advance} moves. It replaces the system clock in a {@code @QuarkusTest}.
 */
@Singleton
public class SettableClock extends Clock {
  private volatile Instant now = Instant.parse("2026-03-01T12:00:00.75Z");

  public void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("this clock supports UTC only");
  }
}
