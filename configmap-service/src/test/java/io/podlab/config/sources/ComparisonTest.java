package io.podlab.config.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.config.reload.Held;
import io.podlab.config.reload.Sighting;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Look;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
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

  private record FakeSource(SourceName name) implements Source {
    @Override
    public String origin() {
      return "here";
    }

    @Override
    public String reloads() {
      return "as told";
    }

    @Override
    public boolean watching() {
      return true;
    }

    @Override
    public Look look() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Look read() {
      throw new UnsupportedOperationException();
    }
  }

  private static Sighting sighting(SourceName name, Instant since, Map<String, Held> values) {
    Map<String, String> data =
        values.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().value()));
    return new Sighting(
        new FakeSource(name),
        new Look(
            new Reading.Content(
                Snapshot.of(data, Map.of()), Optional.of("v1"), Optional.empty(), false),
            Optional.of(NOW)),
        new TreeMap<>(values),
        since);
  }

  private static final Sighting API =
      sighting(
          SourceName.API,
          CHANGE,
          Map.of("greeting", new Held("New", CHANGE), "color", new Held("red", START)));

  private static Comparison compare(Sighting... sightings) {
    return Comparison.of(List.of(sightings), sightings[sightings.length - 1].source(), NOW);
  }

  @Test
  void tellsHowLongASourceHasBeenBehind() {
    // Given
    Sighting environment =
        sighting(SourceName.ENVIRONMENT, START, Map.of("greeting", new Held("Old", START)));

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
    Sighting volume =
        sighting(
            SourceName.VOLUME,
            CHANGE.plusSeconds(4),
            Map.of(
                "greeting", new Held("New", CHANGE.plusSeconds(4)),
                "color", new Held("red", START)));

    // When
    Comparison comparison = compare(volume, API);

    // Then
    assertThat(comparison.sources().get(0).behind()).contains(false);
    assertThat(comparison.sources().get(0).lagSeconds()).contains(4.0);
  }

  @Test
  void missesKeysInAVolumeAndNotInASingleFile() {
    // Given
    Map<String, Held> one = Map.of("color", new Held("red", START));

    // When
    Comparison comparison =
        compare(
            sighting(SourceName.SUBPATH, START, one), sighting(SourceName.VOLUME, START, one), API);

    // Then
    assertThat(comparison.sources().get(0).behind()).contains(false);
    assertThat(comparison.sources().get(1).behind()).contains(true);
  }

  @Test
  void tellsNoLagWithoutTheApi() {
    // When
    Comparison comparison =
        compare(sighting(SourceName.DIRECTORY, START, Map.of("color", new Held("red", START))));

    // Then
    assertThat(comparison.sources().get(0).lagSeconds()).isEmpty();
  }

  @Test
  void readsAsATable() {
    // Given
    Sighting environment =
        sighting(SourceName.ENVIRONMENT, START, Map.of("greeting", new Held("Old", START)));

    // When
    String text = compare(environment, API).plainText();

    // Then
    assertThat(text)
        .isEqualTo(
            """
            KEY        ENVIRONMENT      API *
            color      -                red 12:00:00
            greeting   Old ! 12:00:00   New 12:01:00
            * is in effect; ! is not what the API has; times are UTC, since when it was seen

            SOURCE        REVISION           VERSION   LAG                RELOADS
            environment   %s   v1        behind for 10.0s   as told
            api           %s   v1        -                  as told
            """
                .formatted(
                    Snapshot.of(Map.of("greeting", "Old"), Map.of()).revision(),
                    Snapshot.of(Map.of("greeting", "New", "color", "red"), Map.of()).revision()));
  }

  @Test
  void showsFiveHundredKeys() {
    // Given
    Map<String, Held> many =
        IntStream.range(0, 600)
            .boxed()
            .collect(Collectors.toMap(i -> "key-" + i, i -> new Held("x", START)));

    // When
    Comparison comparison = compare(sighting(SourceName.DIRECTORY, START, many));

    // Then
    assertThat(comparison.keys()).hasSize(500);
    assertThat(comparison.more()).isEqualTo(100);
  }
}
