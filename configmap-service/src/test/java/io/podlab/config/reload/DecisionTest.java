package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.podlab.config.reload.Decision.Result;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Reading;
import io.podlab.config.source.SourceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant NOW = START.plusSeconds(60);
  private static final Instant LATER = NOW.plusSeconds(60);

  private static final Reading RED = content("red", "v1");
  private static final Reading WRONG = content("not-a-color", "v2");
  private static final Reading CUT_OFF = content(Map.of("application.yaml", ""), "v2");
  private static final Reading TOO_LONG = new Reading.Refused("x", "it is too long");
  private static final Reading GONE = new Reading.Gone("it is gone");
  private static final Reading EMPTY = content(Map.of(), "v3");
  private static final Reading UNREADABLE = new Reading.Unreadable("no permission");

  private static final State GOOD =
      Decision.of(State.nothing(SourceName.VOLUME, "here", START), RED, START).state();

  private static Reading content(String color, String version) {
    return content(Map.of("color", color), version);
  }

  private static Reading content(Map<String, String> data, String version) {
    return new Reading.Content(
        Snapshot.of(data, Map.of()), Optional.of(version), Optional.empty(), false);
  }

  @Test
  void takesWhatIsGood() {
    // When
    Decision decision = Decision.of(GOOD, content("blue", "v2"), NOW);

    // Then
    assertThat(decision.result()).contains(Result.SUCCESS);
    assertThat(decision.state().loaded().settings().color()).isEqualTo("blue");
    assertThat(decision.state().loaded().at()).isEqualTo(NOW);
    assertThat(decision.revision().orElseThrow())
        .satisfies(
            revision -> {
              assertThat(revision.result()).isEqualTo(Revision.Result.ACCEPTED);
              assertThat(revision.changes())
                  .extracting(Change::sentence)
                  .containsExactly("color: red -> blue");
            });
  }

  static Stream<Arguments> problems() {
    return Stream.of(
        arguments(WRONG, Result.REJECTED, "color is invalid: 'not-a-color' "),
        arguments(CUT_OFF, Result.REJECTED, "application.yaml is invalid: it has no keys"),
        arguments(TOO_LONG, Result.REJECTED, "x is invalid: it is too long"),
        arguments(GONE, Result.GONE, "it is gone"),
        arguments(EMPTY, Result.GONE, "here has no keys"),
        arguments(UNREADABLE, Result.UNREADABLE, "no permission"));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void keepsWhatIsInEffectAndTellsWhy(Reading reading, Result result, String why) {
    // When
    Decision decision = Decision.of(GOOD, reading, NOW);

    // Then
    assertThat(decision.result()).contains(result);
    assertThat(decision.state().loaded()).isSameAs(GOOD.loaded());
    assertThat(decision.state().isGood()).isFalse();
    assertThat(decision.state().problem().orElseThrow()).startsWith(why);
    assertThat(decision.message()).isEqualTo(decision.state().problem());
    assertThat(decision.revision().isPresent()).isEqualTo(result == Result.REJECTED);
  }

  @ParameterizedTest
  @MethodSource("problems")
  void tellsOnceHoweverOftenItIsRead(Reading reading, Result result, String why) {
    // Given
    State known = Decision.of(GOOD, reading, NOW).state();

    // When
    Decision again = Decision.of(known, reading, LATER);

    // Then
    assertThat(again)
        .isEqualTo(new Decision(known, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void remembersItWhileTheSourceCannotBeRead(Reading reading, Result result, String why) {
    // Given
    State known = Decision.of(GOOD, reading, NOW).state();
    State unreadable = Decision.of(known, new Reading.Unreadable("for a moment"), LATER).state();

    // When
    Decision again = Decision.of(unreadable, reading, LATER);

    // Then
    assertThat(again.revision()).isEmpty();
    assertThat(again.result().isPresent()).isEqualTo(result == Result.UNREADABLE);
    if (result != Result.UNREADABLE) {
      assertThat(again.state()).isEqualTo(known);
      assertThat(again.message()).contains("here can be read again and has not changed");
    }
  }

  @ParameterizedTest
  @MethodSource("problems")
  void isGoodAgainWhenTheSourceHoldsWhatIsInEffect(Reading reading, Result result, String why) {
    // Given
    State known = Decision.of(GOOD, reading, NOW).state();

    // When
    Decision back = Decision.of(known, RED, LATER);

    // Then
    assertThat(back.state()).isEqualTo(GOOD);
    assertThat(back.result()).isEmpty();
    assertThat(back.message().orElseThrow()).endsWith("which is in effect");
  }

  @Test
  void tellsTheRevisionAndTheChangesOfWhatItRejects() {
    // When
    Decision decision = Decision.of(GOOD, WRONG, NOW);

    // Then
    Rejected rejected = decision.state().rejected().orElseThrow();
    assertThat(rejected.revision()).isPresent();
    assertThat(rejected.errors()).extracting(KeyError::key).containsExactly("color");
    assertThat(decision.revision().orElseThrow().changes())
        .extracting(Change::sentence)
        .containsExactly("color: red -> not-a-color");
  }

  @Test
  void tellsNoRevisionOfWhatCouldNotBeReadToItsEnd() {
    assertThat(Decision.of(GOOD, TOO_LONG, NOW).state().rejected().orElseThrow().revision())
        .isEmpty();
  }

  @Test
  void changesNothingButTheVersionWhenTheSameIsPublishedAgain() {
    // When
    Decision decision = Decision.of(GOOD, content("red", "v2"), NOW);

    // Then
    assertThat(decision.state().loaded()).isEqualTo(GOOD.loaded().named(Optional.of("v2")));
    assertThat(decision.result()).isEmpty();
    assertThat(decision.message()).isEmpty();
  }

  @Test
  void isNoLongerTheKeptOneWhenTheSourceGivesTheSame() {
    // Given
    Snapshot red = GOOD.loaded().snapshot();
    State kept = GOOD.inEffect(Loaded.kept(red, START).orElseThrow());

    // When
    Decision decision = Decision.of(kept, RED, NOW);

    // Then
    assertThat(decision.state().loaded().kept()).isFalse();
  }

  private static final State BLUE = Decision.of(GOOD, content("blue", "v2"), NOW).state();

  private static State rolledBackToRed(State state) {
    return rollBack(state, GOOD.loaded().snapshot()).state();
  }

  private static Decision rollBack(State state, Snapshot target) {
    return Decision.rollback(state, Loaded.rolledBack(target, state.loaded().version(), LATER));
  }

  private static String revision(State state) {
    return state.loaded().snapshot().revision();
  }

  @Test
  void putsAnEarlierRevisionIntoEffect() {
    // When
    Decision decision = rollBack(BLUE, GOOD.loaded().snapshot());

    // Then
    assertThat(decision.state().loaded().settings().color()).isEqualTo("red");
    assertThat(decision.state().loaded().at()).isEqualTo(LATER);
    assertThat(decision.state().rollbackSentence())
        .contains(
            "rolled back to %s at %s; the source has %s"
                .formatted(revision(GOOD), LATER, revision(BLUE)));
    assertThat(decision.result()).isEmpty();
    assertThat(decision.revision().orElseThrow())
        .satisfies(
            revision -> {
              assertThat(revision.result()).isEqualTo(Revision.Result.ROLLBACK);
              assertThat(revision.changes())
                  .extracting(Change::sentence)
                  .containsExactly("color: blue -> red");
            });
  }

  @Test
  void keepsARollbackWhileTheSourceHasTheSameContent() {
    // Given
    State rolledBack = rolledBackToRed(BLUE);

    // When, Then
    assertThat(Decision.of(rolledBack, content("blue", "v2"), LATER).state()).isSameAs(rolledBack);
    State published = Decision.of(rolledBack, content("blue", "v3"), LATER).state();
    assertThat(published.loaded().version()).contains("v3");
    assertThat(published.rollback()).isEqualTo(rolledBack.rollback());
    assertThat(revision(published)).isEqualTo(revision(GOOD));
  }

  @Test
  void endsARollbackWhenTheSourceChanges() {
    // When
    Decision decision = Decision.of(rolledBackToRed(BLUE), content("green", "v3"), LATER);

    // Then
    assertThat(decision.state().loaded().settings().color()).isEqualTo("green");
    assertThat(decision.state().rollback()).isEmpty();
    assertThat(decision.message().orElseThrow()).endsWith("; the rollback ends");
  }

  @Test
  void endsARollbackWhenTheSourceChangesToTheSameRevision() {
    // When
    Decision decision =
        Decision.of(rolledBackToRed(BLUE), content("red", "v3"), LATER.plusSeconds(1));

    // Then
    assertThat(decision.state().isFromSource()).isTrue();
    assertThat(decision.state().loaded().version()).contains("v3");
    assertThat(decision.state().loaded().at()).isEqualTo(LATER);
    assertThat(decision.result()).contains(Result.SUCCESS);
    assertThat(decision.revision())
        .contains(
            Revision.accepted(revision(GOOD), LATER.plusSeconds(1), SourceName.VOLUME, List.of()));
    assertThat(decision.message())
        .contains(
            "the source has revision %s, which is in effect; the rollback ends"
                .formatted(revision(GOOD)));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void keepsARollbackThroughAProblemOfTheSource(Reading reading, Result result, String why) {
    // Given
    State rolledBack = rolledBackToRed(BLUE);

    // When
    State problem = Decision.of(rolledBack, reading, LATER).state();
    Decision back = Decision.of(problem, content("blue", "v2"), LATER);

    // Then
    assertThat(problem.rollback()).isPresent();
    assertThat(revision(problem)).isEqualTo(revision(GOOD));
    if (result == Result.REJECTED) {
      // Invalid content is a change, so the content before it is a change again.
      assertThat(problem.rollback().get().sourceRevision()).isEmpty();
      assertThat(revision(back.state())).isEqualTo(revision(BLUE));
      assertThat(back.state().rollback()).isEmpty();
    } else {
      assertThat(problem.rollbackSentence().orElseThrow()).endsWith("had " + revision(BLUE));
      assertThat(back.state()).isEqualTo(rolledBack);
      assertThat(back.message().orElseThrow()).endsWith("stays in effect");
    }
  }

  @Test
  void doesNotTakeRejectedContentForUnchangedAfterTheSourceWasGone() {
    // Given
    State rejected = Decision.of(rolledBackToRed(BLUE), WRONG, LATER).state();
    State gone = Decision.of(rejected, GONE, LATER).state();

    // When, Then
    assertThat(Decision.of(gone, WRONG, LATER).result()).contains(Result.REJECTED);
  }

  @ParameterizedTest
  @MethodSource("problems")
  void takesTheContentBeforeInvalidContentForAChange(Reading reading, Result result, String why) {
    // Given
    State rejected = Decision.of(BLUE, WRONG, NOW).state();
    State rolledBack = rolledBackToRed(Decision.of(rejected, reading, NOW).state());

    // When
    Decision back = Decision.of(rolledBack, content("blue", "v4"), LATER);

    // Then
    assertThat(rolledBack.rollback().orElseThrow().sourceRevision()).isEmpty();
    assertThat(back.result()).contains(Result.SUCCESS);
    assertThat(revision(back.state())).isEqualTo(revision(BLUE));
    assertThat(back.state().rollback()).isEmpty();
  }

  @Test
  void answersThatAReloadEndedARollbackToTheSameRevision() {
    // Given
    State rolledBack = rolledBackToRed(BLUE);

    // When
    State ended = Decision.of(rolledBack, content("red", "v3"), LATER).state();

    // Then
    assertThat(ReloadResource.outcome(rolledBack, ended))
        .isEqualTo(ReloadResource.Outcome.RELOADED);
    assertThat(ReloadResource.outcome(rolledBack, rolledBack))
        .isEqualTo(ReloadResource.Outcome.UNCHANGED);
  }

  @Test
  void endsARollbackByTheRollbackToTheRevisionOfTheSource() {
    // Given
    State rolledBack = rolledBackToRed(BLUE);

    // When
    Decision decision = rollBack(rolledBack, BLUE.loaded().snapshot());

    // Then
    assertThat(decision.state().rollback()).isEmpty();
    assertThat(decision.state().loaded().at()).isEqualTo(LATER);
    assertThat(decision.state().isFromSource()).isTrue();
    assertThat(decision.revision().orElseThrow().result()).isEqualTo(Revision.Result.ROLLBACK);
  }

  @Test
  void keepsTheProblemsOfTheSourceInARollback() {
    // Given
    State wrong = Decision.of(BLUE, WRONG, NOW).state();

    // When
    State rolledBack = rolledBackToRed(wrong);

    // Then
    assertThat(rolledBack.rejected()).isEqualTo(wrong.rejected());
    assertThat(rolledBack.rollbackSentence().orElseThrow()).doesNotContain("the source");
    assertThat(Decision.of(rolledBack, WRONG, LATER).state()).isSameAs(rolledBack);
  }
}
