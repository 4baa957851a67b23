package io.podlab.demo.identity;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** How many times what can be reloaded has been: 1 from the start on. */
@Singleton
public final class Generation {
  private final AtomicLong number = new AtomicLong(1);

  public long current() {
    return number.get();
  }

  /** Returns the new number. */
  public long raise() {
    return number.incrementAndGet();
  }
}
