package io.podlab.demo.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.demo.lifecycle.Lifecycles;
import io.podlab.kit.testing.SettableClock;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private final Set<Long> timers = new HashSet<>();
  private long next;

  @Test
  void keepsNoTimerOfAnOrderThatAnotherHasReplaced() {
    // Given
    Clock clock = new SettableClock();
    Readiness readiness =
        new Readiness(clock, Lifecycles.of(clock, new SimpleMeterRegistry()), vertx());

    // When
    for (int i = 0; i < 1000; i++) {
      readiness.set("fail:24h");
    }

    // Then
    assertThat(timers).hasSize(1);

    // When
    readiness.set("ok");

    // Then
    assertThat(timers).isEmpty();
  }

  private Vertx vertx() {
    return (Vertx)
        Proxy.newProxyInstance(
            Vertx.class.getClassLoader(),
            new Class<?>[] {Vertx.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "setTimer" -> {
                    timers.add(next);
                    yield next++;
                  }
                  case "cancelTimer" -> timers.remove((Long) arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
