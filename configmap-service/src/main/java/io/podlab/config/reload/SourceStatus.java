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
 * The last reading of a source, active or not, compared with the API.
 *
 * @param confirmedAt when the source last answered
 * @param values by key; while the source cannot be read, the last known values
 * @param since when the service last saw the values change
 * @param behindSince when the API got the oldest value that this source does not have; empty if the
 *     source has all values, or the API is not a source
 * @param followedAfter how long the source was behind before it last caught up with the API; empty
 *     if it never was
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

  /** The status of the API, if the API is a source. */
  public static Optional<SourceStatus> api(List<SourceStatus> all) {
    return all.stream().filter(one -> one.source().name() == SourceName.API).findFirst();
  }

  /**
   * The next status of each source. While the API cannot be read, the sources are compared with its
   * last known values.
   *
   * @param known the status of each source before; empty at the start
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

  /** This status, compared with the last known values of the API. */
  SourceStatus comparedWith(SourceStatus api) {
    Optional<Instant> missing = api == this ? Optional.empty() : missingSince(api);
    Optional<Duration> followed =
        behindSince
            .filter(at -> missing.isEmpty() && !values.isEmpty())
            // Otherwise the API returned to the values that the source already has.
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
    // The other sources can have only some of the keys on purpose.
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

  /** Whether both have the same value for this key, or both have none. */
  public boolean hasSame(String key, SourceStatus other) {
    SourceValue mine = values.get(key);
    SourceValue theirs = other.values.get(key);
    return mine == null || theirs == null ? mine == theirs : mine.value().equals(theirs.value());
  }
}
