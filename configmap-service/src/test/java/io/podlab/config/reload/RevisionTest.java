package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.source.SourceName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevisionTest {
  @Test
  void holdsTheFirstHundredChangesAndErrors() {
    Revision revision = revision("short");

    assertThat(revision.changed()).isEqualTo(1000);
    assertThat(revision.changes()).hasSize(100);
    assertThat(revision.errors()).hasSize(100);
  }

  @Test
  void holdsNoMoreThanTenThousandCharactersOfEither() {
    Revision revision = revision(" ".repeat(200));

    assertThat(revision.changes()).hasSize(10_000 / 401);
    assertThat(revision.errors()).hasSize(10_000 / 204);
  }

  private static Change change(String key, int lines) {
    Optional<String> text = Optional.of("x");
    return new Change(
        key, text, text, Optional.of(Collections.nCopies(lines, "+" + "x".repeat(99))));
  }

  private static List<Change> shown(Change... changes) {
    return Revision.accepted("0", Instant.EPOCH, SourceName.VOLUME, List.of(changes)).changes();
  }

  @Test
  void holdsAChangeWithoutItsDiffIfTheDiffIsTooLong() {
    assertThat(shown(change("a", 100)))
        .containsExactly(new Change("a", Optional.of("x"), Optional.of("x")));
  }

  @Test
  void holdsTheChangesAfterALongDiff() {
    assertThat(shown(change("a", 60), change("b", 60), change("c", 1)))
        .extracting(Change::key, one -> one.diff().isPresent())
        .containsExactly(tuple("a", true), tuple("b", false), tuple("c", true));
  }

  private static Revision revision(String value) {
    Optional<String> text = Optional.of(value);
    return new Revision(
        Optional.empty(),
        Instant.EPOCH,
        SourceName.VOLUME,
        Revision.Result.REJECTED,
        1000,
        Collections.nCopies(1000, new Change("k", text, text)),
        Collections.nCopies(1000, new KeyError("k", text, "why")));
  }
}
