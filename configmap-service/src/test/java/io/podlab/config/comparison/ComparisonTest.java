package io.podlab.config.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.config.reload.Loaded;
import io.podlab.config.reload.Rejected;
import io.podlab.config.reload.Rollback;
import io.podlab.config.reload.SourceStatus;
import io.podlab.config.reload.SourceValue;
import io.podlab.config.reload.State;
import io.podlab.config.settings.KeyError;
import io.podlab.config.settings.Parsed;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.FakeSource;
import io.podlab.config.source.Reading;
import io.podlab.config.source.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant CHANGE = START.plusSeconds(60);
  private static final Instant NOW = CHANGE.plusSeconds(10);

  private static SourceStatus status(
      SourceName name, Instant since, Map<String, SourceValue> values) {
    return status(name, since, values, Optional.empty(), Optional.empty());
  }

  private static SourceStatus status(
      SourceName name,
      Instant since,
      Map<String, SourceValue> values,
      Optional<Instant> behindSince,
      Optional<Duration> followedAfter) {
    Map<String, String> data =
        values.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().value()));
    return new SourceStatus(
        new FakeSource(name),
        new Reading.Content(
            Snapshot.of(data, Map.of()), Optional.of("v1"), Optional.empty(), false),
        Optional.of(NOW),
        new TreeMap<>(values),
        since,
        behindSince,
        followedAfter);
  }

  private static final SourceStatus API =
      status(
          SourceName.API,
          CHANGE,
          Map.of(
              "greeting", new SourceValue("New", CHANGE), "color", new SourceValue("red", START)));

  /** With only defaults in effect. */
  private static final State GOOD =
      new State(
          new Loaded(
              Snapshot.of(Map.of(), Map.of()),
              ((Parsed.Valid) SettingsParser.parse(Snapshot.of(Map.of(), Map.of()))).settings(),
              Optional.empty(),
              START,
              false),
          SourceName.API,
          "here",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** The last source is the active one. */
  private static Comparison compare(State state, SourceStatus... statuses) {
    return Comparison.of(List.of(statuses), statuses[statuses.length - 1].source(), state, NOW);
  }

  private static Comparison compare(SourceStatus... statuses) {
    return compare(GOOD, statuses);
  }

  @Test
  void tellsHowLongASourceHasBeenBehind() {
    // Given
    SourceStatus environment =
        status(
            SourceName.ENVIRONMENT,
            START,
            Map.of("greeting", new SourceValue("Old", START)),
            Optional.of(CHANGE),
            Optional.empty());

    // When
    Comparison comparison = compare(environment, API);

    // Then
    assertThat(comparison.sources().get(0).behind()).contains(true);
    assertThat(comparison.sources().get(0).lagSeconds()).contains(10.0);
    assertThat(comparison.sources().get(1).behind()).isEmpty();
  }

  @Test
  void tellsHowLongASourceTookToFollow() {
    // Given
    SourceStatus volume =
        status(
            SourceName.VOLUME,
            CHANGE.plusSeconds(4),
            Map.of(
                "greeting", new SourceValue("New", CHANGE.plusSeconds(4)),
                "color", new SourceValue("red", START)),
            Optional.empty(),
            Optional.of(Duration.ofSeconds(4)));

    // When
    Comparison comparison = compare(volume, API);

    // Then
    assertThat(comparison.sources().get(0).behind()).contains(false);
    assertThat(comparison.sources().get(0).lagSeconds()).contains(4.0);
    assertThat(comparison.plainText()).contains("up to date; last delay 4.0s");
  }

  @Test
  void tellsNoLagOfASourceThatHasNeverFollowed() {
    // When
    Comparison comparison =
        compare(
            status(SourceName.SUBPATH, START, Map.of("color", new SourceValue("red", START))), API);

    // Then
    assertThat(comparison.sources().get(0).behind()).contains(false);
    assertThat(comparison.sources().get(0).lagSeconds()).isEmpty();
    assertThat(comparison.plainText()).containsPattern("subpath .* up to date\n");
  }

  @Test
  void tellsWhatIsRejectedAndWhatStays() {
    // Given
    SourceStatus api =
        status(
            SourceName.API,
            CHANGE,
            Map.of(
                "greeting",
                new SourceValue("New", CHANGE),
                "color",
                new SourceValue("not-a-color", CHANGE)));
    KeyError error = new KeyError("color", Optional.of("not-a-color"), "not a CSS color");
    State rejecting =
        new State(
            GOOD.loaded(),
            GOOD.source(),
            GOOD.origin(),
            Optional.of(new Rejected(Optional.of("0123456789abcdef"), CHANGE, List.of(error))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    // When
    Comparison comparison = compare(rejecting, api);

    // Then
    assertThat(comparison.sources().get(0).problem())
        .contains(
            "rejected: color is invalid: 'not-a-color' is not a CSS color (revision %s stays in effect)"
                .formatted(GOOD.loaded().snapshot().revision()));
    assertThat(comparison.keys())
        .extracting(row -> row.values().get(SourceName.API).rejected())
        .containsExactly(Optional.of("not a CSS color"), Optional.empty());
    assertThat(comparison.plainText())
        .contains("not-a-color X 12:01:00")
        .endsWith("\n\napi: %s\n".formatted(comparison.sources().get(0).problem().orElseThrow()));
  }

  @Test
  void tellsNoLagWithoutTheApi() {
    // When
    Comparison comparison =
        compare(
            status(SourceName.DIRECTORY, START, Map.of("color", new SourceValue("red", START))));

    // Then
    assertThat(comparison.sources().get(0).lagSeconds()).isEmpty();
  }

  @Test
  void readsAsATable() {
    // Given
    SourceStatus environment =
        status(
            SourceName.ENVIRONMENT,
            START,
            Map.of("greeting", new SourceValue("Old", START)),
            Optional.of(CHANGE),
            Optional.empty());

    // When
    String text = compare(environment, API).plainText();

    // Then
    assertThat(text)
        .isEqualTo(
            """
            KEY        ENVIRONMENT      API *
            color      -                red 12:00:00
            greeting   Old ! 12:00:00   New 12:01:00
            * active source; ! value differs from the API; X value is rejected; the time is when the value was first seen (UTC)

            SOURCE        REVISION           VERSION   LAG
            environment   %s   v1        behind for 10.0s
            api           %s   v1        -

            SOURCE        RELOADS
            environment   as told
            api           as told
            """
                .formatted(
                    Snapshot.of(Map.of("greeting", "Old"), Map.of()).revision(),
                    Snapshot.of(Map.of("greeting", "New", "color", "red"), Map.of()).revision()));
  }

  @Test
  void showsFiveHundredKeys() {
    // Given
    Map<String, SourceValue> many =
        IntStream.range(0, 600)
            .boxed()
            .collect(Collectors.toMap(i -> "key-" + i, i -> new SourceValue("x", START)));

    // When
    Comparison comparison = compare(status(SourceName.DIRECTORY, START, many));

    // Then
    assertThat(comparison.keys()).hasSize(500);
    assertThat(comparison.more()).isEqualTo(100);
  }

  @Test
  void leavesOutNoKeyThatDiffersOrHasAMeaning() {
    // Given
    Map<String, SourceValue> many =
        IntStream.range(0, 600)
            .boxed()
            .collect(Collectors.toMap(i -> "a-key-" + i, i -> new SourceValue("x", START)));
    many.put("z-differs", new SourceValue("here", START));
    Map<String, SourceValue> api = new TreeMap<>(many);
    api.put("z-differs", new SourceValue("there", START));
    api.put("greeting", new SourceValue("Hello", START));

    // When
    Comparison comparison =
        compare(status(SourceName.SUBPATH, START, many), status(SourceName.API, START, api));

    // Then
    assertThat(comparison.keys()).extracting(Comparison.Row::key).isSorted().hasSize(500);
    assertThat(comparison.keys()).extracting(Comparison.Row::key).contains("z-differs", "greeting");
  }

  @Test
  void saysThatARollbackIsInEffectAndNotTheSource() {
    // Given
    SourceStatus api =
        status(SourceName.API, START, Map.of("color", new SourceValue("red", START)));
    State rolledBack =
        new State(
            GOOD.loaded(),
            GOOD.source(),
            GOOD.origin(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Rollback(CHANGE, Optional.of("0123456789abcdef"))),
            Optional.empty());

    // When
    Comparison comparison = compare(rolledBack, api);

    // Then
    assertThat(comparison.sources().get(0).problem())
        .contains(
            "rolled back to %s at %s; the source has 0123456789abcdef"
                .formatted(GOOD.loaded().snapshot().revision(), CHANGE));
  }

  @Test
  void saysThatARollbackIsInEffectBelowAProblemOfTheSource() {
    // Given
    SourceStatus api =
        status(SourceName.API, START, Map.of("color", new SourceValue("red", START)));
    State rolledBack =
        new State(
            GOOD.loaded(),
            GOOD.source(),
            GOOD.origin(),
            Optional.of(
                new Rejected(
                    Optional.empty(),
                    CHANGE,
                    List.of(new KeyError("color", Optional.of("x"), "not a color")))),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Rollback(CHANGE, Optional.empty())),
            Optional.empty());

    // When
    Comparison comparison = compare(rolledBack, api);

    // Then
    String revision = GOOD.loaded().snapshot().revision();
    assertThat(comparison.sources().get(0).problem().orElseThrow())
        .startsWith("rejected: color is invalid")
        .endsWith(
            "(revision %s stays in effect); rolled back to %s at %s"
                .formatted(revision, revision, CHANGE));
  }
}
