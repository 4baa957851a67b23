package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.config.settings.KeyError;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.SourceName;
import io.podlab.kit.http.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevisionHistoryTest {
  private final RevisionHistory history = new RevisionHistory();

  private Snapshot accept(String value) {
    Snapshot snapshot = Snapshot.of(Map.of("x", value), Map.of());
    history.addInEffect(
        Revision.accepted(snapshot.revision(), Instant.EPOCH, SourceName.VOLUME, List.of()),
        snapshot);
    return snapshot;
  }

  private void reject(String revision) {
    history.add(
        Revision.rejected(
            new Rejected(
                Optional.of(revision),
                Instant.EPOCH,
                List.of(new KeyError("color", Optional.of("x"), "not a color"))),
            SourceName.VOLUME,
            List.of()));
  }

  private void assertProblem(String revision, int status, String detail) {
    assertThatThrownBy(() -> history.content(revision))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(status);
              assertThat(refused.problem().detail()).contains(detail);
            });
  }

  @Test
  void hasTheContentOfAnAcceptedRevision() {
    // Given
    Snapshot first = accept("1");
    accept("2");

    // Then
    assertThat(history.content(first.revision())).isSameAs(first);
  }

  @Test
  void saysThatItDoesNotHaveARevision() {
    assertProblem("0123456789abcdef", 404, "no revision 0123456789abcdef in the history");
  }

  @Test
  void saysWhyARevisionWasRejected() {
    // Given
    reject("0123456789abcdef");

    // Then
    assertProblem("0123456789abcdef", 409, "color is invalid: 'x' is not a color");
  }

  @Test
  void forgetsTheContentOfARevisionThatIsNoLongerListed() {
    // Given
    Snapshot first = accept("1");

    // When
    for (int i = 0; i < RevisionHistory.MOST; i++) {
      reject("0123456789abcdef");
    }

    // Then
    assertThat(history.list()).hasSize(RevisionHistory.MOST);
    assertProblem(first.revision(), 404, "in the history");
  }

  @Test
  void forgetsOnlyTheOldestContentsOfLargeRevisions() {
    // Given
    String half = "x".repeat(RevisionHistory.MOST_CHARACTERS / 2 - 1000);
    Snapshot first = accept(half + "1");
    Snapshot second = accept(half + "2");

    // When
    Snapshot third = accept(half + "3");

    // Then
    assertProblem(first.revision(), 404, "no longer has the content");
    assertThat(history.content(second.revision())).isSameAs(second);
    assertThat(history.content(third.revision())).isSameAs(third);
  }

  @Test
  void keepsTheContentOfARevisionThatTookEffectAgain() {
    // Given
    String third = "x".repeat(RevisionHistory.MOST_CHARACTERS / 3 - 1000);
    Snapshot first = accept(third + "1");
    Snapshot second = accept(third + "2");
    accept(third + "3");

    // When
    accept(third + "1");
    accept(third + "4");

    // Then
    assertThat(history.content(first.revision())).isEqualTo(first);
    assertProblem(second.revision(), 404, "no longer has the content");
  }
}
