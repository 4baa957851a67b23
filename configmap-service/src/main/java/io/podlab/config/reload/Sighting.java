package io.podlab.config.reload;

import io.podlab.config.settings.SettingsParser;
import io.podlab.config.source.Look;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What was last seen of a source, in effect or not.
 *
 * @param values by key; while it cannot be read, those that were last seen
 * @param since when the first of its present values, or their absence, was seen last to change
 * @param behindSince when the API was first seen to have what this source has not had since; empty
 *     if it has all, or there is no API to compare it with
 * @param followedAfter how long it was behind the last time that it then got what the API had;
 *     empty if it never did
 */
public record Sighting(
    Source source,
    Look look,
    SortedMap<String, Held> values,
    Instant since,
    Optional<Instant> behindSince,
    Optional<Duration> followedAfter) {
  public Sighting {
    values = Collections.unmodifiableSortedMap(values);
  }

  /** The one of the API, if that is a source. */
  public static Optional<Sighting> api(List<Sighting> all) {
    return all.stream().filter(one -> one.source().name() == SourceName.API).findFirst();
  }

  static Sighting first(Source source, Look look, Instant now) {
    return new Sighting(source, look, new TreeMap<>(), now, Optional.empty(), Optional.empty())
        .next(look, now, true);
  }

  Sighting next(Look look, Instant now) {
    return next(look, now, false);
  }

  private Sighting next(Look look, Instant now, boolean first) {
    if (!first && look.reading() == this.look.reading()) {
      return new Sighting(source, look, values, since, behindSince, followedAfter);
    }
    SortedMap<String, Held> next = new TreeMap<>();
    if (look.reading() instanceof Reading.Content content) {
      SettingsParser.given(content.snapshot())
          .forEach(
              (key, value) -> {
                Held known = values.get(key);
                next.put(
                    key,
                    known != null && known.value().equals(value) ? known : new Held(value, now));
              });
    } else if (!(look.reading() instanceof Reading.Gone)) {
      next.putAll(values);
    }
    return new Sighting(
        source,
        look,
        next,
        next.equals(values) && !first ? since : now,
        behindSince,
        followedAfter);
  }

  /** With what the API had when it was last read. */
  Sighting comparedWith(Sighting api) {
    Optional<Instant> missing = api == this ? Optional.empty() : missingSince(api);
    Optional<Duration> followed =
        behindSince
            .filter(at -> missing.isEmpty() && !values.isEmpty())
            // Else it was the API that came back to what the source has.
            .filter(since::isAfter)
            .map(at -> Duration.between(at, since));
    return new Sighting(
        source,
        look,
        values,
        since,
        missing.flatMap(
            at -> Stream.concat(behindSince.stream(), Stream.of(at)).min(Instant::compareTo)),
        followed.or(() -> followedAfter));
  }

  private Optional<Instant> missingSince(Sighting api) {
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
        .map(key -> Optional.ofNullable(api.values.get(key)).map(Held::since).orElse(api.since))
        .min(Instant::compareTo);
  }

  /** Whether the other one has the same under this key, if only nothing. */
  public boolean hasSame(String key, Sighting other) {
    Held mine = values.get(key);
    Held its = other.values.get(key);
    return mine == null || its == null ? mine == its : mine.value().equals(its.value());
  }
}
