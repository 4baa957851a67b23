package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.source.SourceName;
import java.time.Instant;
import java.util.Collections;
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
