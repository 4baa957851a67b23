package io.podlab.board.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  @Test
  void allowsABurstAndThenAConstantRate() {
    TokenBucket allowance = new TokenBucket(10, 2);

    assertThat(allowance.take(10, at(5))).isTrue();
    assertThat(allowance.take(1, at(5))).isFalse();
    assertThat(allowance.take(2, at(6))).isTrue();
    assertThat(allowance.take(1, at(6))).isFalse();
    assertThat(allowance.take(11, at(3600))).isFalse();
    assertThat(allowance.take(10, at(3600))).isTrue();
  }

  private static long at(long second) {
    return TimeUnit.SECONDS.toNanos(second);
  }
}
