package io.podlab.token.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllowedReadsTest {
  private static final Right LIST = new Right(Right.Verb.LIST, Optional.empty());

  private long now = Long.MAX_VALUE - 5;
  private final AllowedReads allowed = new AllowedReads(() -> now);

  @Test
  void holdForTenSecondsAndNoLonger() {
    // Given
    allowed.add("bearer", LIST, "alice", now);

    // Then: a clock of nanoseconds may overflow.
    now += AllowedReads.TTL_NANOS - 1;
    assertThat(allowed.user("bearer", LIST)).contains("alice");
    now += 1;
    assertThat(allowed.user("bearer", LIST)).isEmpty();
    assertThat(allowed.size()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Right.Verb.class,
      names = {"CREATE", "DELETE"})
  void holdNothingThatChangesSomething(Right.Verb verb) {
    // Given
    Right right = new Right(verb, Optional.empty());

    // When
    allowed.add("bearer", right, "alice", now);

    // Then
    assertThat(allowed.size()).isZero();
    assertThat(allowed.user("bearer", right)).isEmpty();
  }

  @Test
  void holdForThatBearerAndThatRightAlone() {
    // Given
    allowed.add("bearer", new Right(Right.Verb.GET, Optional.of("a")), "alice", now);

    // Then
    assertThat(allowed.user("other", new Right(Right.Verb.GET, Optional.of("a")))).isEmpty();
    assertThat(allowed.user("bearer", new Right(Right.Verb.GET, Optional.of("b")))).isEmpty();
    assertThat(allowed.user("bearer", LIST)).isEmpty();
  }

  @Test
  void areBounded() {
    // When
    for (int i = 0; i < AllowedReads.MOST + 10; i++) {
      allowed.add("bearer" + i, LIST, "alice", now);
    }

    // Then
    assertThat(allowed.size()).isEqualTo(AllowedReads.MOST);
    assertThat(allowed.user("bearer0", LIST)).isEmpty();
    assertThat(allowed.user("bearer" + AllowedReads.MOST, LIST)).contains("alice");
  }
}
