package io.podlab.config.reload;

import io.podlab.config.settings.SettingsParser;
import io.podlab.config.source.Look;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was last seen of a source, in effect or not.
 *
 * @param values by key; while it cannot be read, those that were last seen
 * @param since when the first of its present values, or their absence, was seen last to change
 */
public record Sighting(Source source, Look look, SortedMap<String, Held> values, Instant since) {
  public Sighting {
    values = Collections.unmodifiableSortedMap(values);
  }

  static Sighting first(Source source, Look look, Instant now) {
    return new Sighting(source, look, new TreeMap<>(), now).next(look, now, true);
  }

  Sighting next(Look look, Instant now) {
    return next(look, now, false);
  }

  private Sighting next(Look look, Instant now, boolean first) {
    if (!first && look.reading() == this.look.reading()) {
      return new Sighting(source, look, values, since);
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
    return new Sighting(source, look, next, next.equals(values) && !first ? since : now);
  }
}
