package io.podlab.config.reload;

import io.podlab.config.settings.SettingsParser;
import io.podlab.config.source.ReadResult;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What was last read of a source, in effect or not.
 *
 * @param confirmedAt when the source last answered
 * @param values by key; while it cannot be read, those that were last seen
 * @param since when the first of its present values, or their absence, was seen last to change
 * @param behindSince when the API was first seen to have what this source has not had since; empty
 *     if it has all, or there is no API to compare it with
 * @param followedAfter how long it was behind the last time that it then got what the API had;
 *     empty if it never did
 */
public record SourceStatus(
    Source source,
    Reading reading,
    Optional<Instant> confirmedAt,
    SortedMap<String, SourceValue> values,
    Instant since,
    Optional<Instant> behindSince,
    Optional<Duration> followedAfter) {
  public SourceStatus {
    values = Collections.unmodifiableSortedMap(values);
  }

  /** The one of the API, if that is a source. */
  public static Optional<SourceStatus> api(List<SourceStatus> all) {
    return all.stream().filter(one -> one.source().name() == SourceName.API).findFirst();
  }

  /**
   * All of them after another look, compared with the API; while that cannot be read, with what it
   * had.
   *
   * @param known before; empty at first
   * @param results in the order of the sources
   */
  static List<SourceStatus> next(
      List<Source> sources, List<SourceStatus> known, List<ReadResult> results, Instant now) {
    List<SourceStatus> next = new ArrayList<>();
    boolean news = known.isEmpty();
    for (int i = 0; i < sources.size(); i++) {
      ReadResult result = results.get(i);
      next.add(
          known.isEmpty() ? first(sources.get(i), result, now) : known.get(i).next(result, now));
      news |= !known.isEmpty() && known.get(i).reading() != result.reading();
    }
    if (news) {
      api(next)
          .filter(api -> !api.values().isEmpty())
          .ifPresent(api -> next.replaceAll(one -> one.comparedWith(api)));
    }
    return List.copyOf(next);
  }

  static SourceStatus first(Source source, ReadResult result, Instant now) {
    return new SourceStatus(
        source,
        result.reading(),
        result.confirmedAt(),
        values(result.reading(), new TreeMap<>(), now),
        now,
        Optional.empty(),
        Optional.empty());
  }

  SourceStatus next(ReadResult result, Instant now) {
    SortedMap<String, SourceValue> next =
        result.reading() == reading ? values : values(result.reading(), values, now);
    return new SourceStatus(
        source,
        result.reading(),
        result.confirmedAt(),
        next,
        next.equals(values) ? since : now,
        behindSince,
        followedAfter);
  }

  private static SortedMap<String, SourceValue> values(
      Reading reading, SortedMap<String, SourceValue> known, Instant now) {
    if (!(reading instanceof Reading.Content content)) {
      return reading instanceof Reading.Gone ? new TreeMap<>() : known;
    }
    SortedMap<String, SourceValue> values = new TreeMap<>();
    SettingsParser.given(content.snapshot())
        .forEach(
            (key, value) -> {
              SourceValue old = known.get(key);
              values.put(
                  key,
                  old != null && old.value().equals(value) ? old : new SourceValue(value, now));
            });
    return values;
  }

  /** With what the API had when it was last read. */
  SourceStatus comparedWith(SourceStatus api) {
    Optional<Instant> missing = api == this ? Optional.empty() : missingSince(api);
    Optional<Duration> followed =
        behindSince
            .filter(at -> missing.isEmpty() && !values.isEmpty())
            // Else it was the API that came back to what the source has.
            .filter(since::isAfter)
            .map(at -> Duration.between(at, since));
    return new SourceStatus(
        source,
        reading,
        confirmedAt,
        values,
        since,
        missing.flatMap(
            at -> Stream.concat(behindSince.stream(), Stream.of(at)).min(Instant::compareTo)),
        followed.or(() -> followedAfter));
  }

  private Optional<Instant> missingSince(SourceStatus api) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    SortedSet<String> keys = new TreeSet<>(values.keySet());
    // Of the others each is meant to have some of the keys.
    if (source.name() == SourceName.VOLUME) {
      keys.addAll(api.values.keySet());
    }
    return keys.stream()
        .filter(key -> !hasSame(key, api))
        .map(
            key ->
                Optional.ofNullable(api.values.get(key)).map(SourceValue::since).orElse(api.since))
        .min(Instant::compareTo);
  }

  /** Whether the other one has the same under this key, if only nothing. */
  public boolean hasSame(String key, SourceStatus other) {
    SourceValue mine = values.get(key);
    SourceValue its = other.values.get(key);
    return mine == null || its == null ? mine == its : mine.value().equals(its.value());
  }
}
