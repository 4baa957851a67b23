package io.podlab.config.effective;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.config.delivery.Answer;
import io.podlab.config.reload.Reloader;
import io.podlab.config.reload.Revision;
import io.podlab.config.reload.State;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The answers under {@code /config}, each made once for all who get it. */
@Singleton
final class Answers {
  /** Of the values of a configuration whose answers are long: to make one takes a while. */
  private static final int LONG_BYTES = 64 * 1024;

  /**
   * For so long one that is long says the same {@code confirmedAt}: each other one would be one
   * more body in memory while slow clients read it.
   */
  private static final long LONG_ANSWER_SECONDS = 10;

  private final Reloader reloader;
  private final ObjectMapper mapper;
  private volatile Current current;
  private volatile Values values;
  private volatile Past past;

  Answers(Reloader reloader, ObjectMapper mapper) {
    this.reloader = reloader;
    this.mapper = mapper;
  }

  /**
   * What is answered until the state, staleness, or the second of {@code confirmedAt} changes; of
   * one that is long, until ten seconds have passed since that.
   */
  record Current(
      State state, long second, boolean stale, String revisionTag, String tag, Answer answer) {
    private boolean isOf(State state, long second, boolean stale) {
      return this.state == state
          && this.stale == stale
          && (this.second == second
              || Answers.isLong(state)
                  && second > this.second
                  && second - this.second < LONG_ANSWER_SECONDS);
    }
  }

  private record Values(State state, Map<String, Answer> byKey) {}

  private record Past(List<Revision> revisions, Answer answer) {}

  /** Whether it is too much work for an event loop to make them. */
  boolean isLong() {
    return isLong(reloader.state());
  }

  private static boolean isLong(State state) {
    return state.loaded().snapshot().bytes() > LONG_BYTES;
  }

  Current now() {
    Optional<Instant> confirmedAt = reloader.confirmedAt();
    State state = reloader.state();
    long second = confirmedAt.map(Instant::getEpochSecond).orElse(0L);
    boolean stale = reloader.isStale();
    Current known = current;
    if (known == null || !known.isOf(state, second, stale)) {
      synchronized (this) {
        known = current;
        if (known == null || !known.isOf(state, second, stale)) {
          EffectiveConfig config = EffectiveConfig.of(state, confirmedAt, stale);
          known =
              new Current(
                  state,
                  second,
                  stale,
                  config.tag(),
                  EntityTags.of(config.tag()),
                  new Answer(config, mapper));
          current = known;
        }
      }
    }
    return known;
  }

  /** Of one key, if there is such a key. */
  Optional<Answer> value(String key) {
    State state = reloader.state();
    Values known = values;
    if (known == null || known.state() != state) {
      known = new Values(state, new ConcurrentHashMap<>());
      values = known;
    }
    Map<String, Answer> byKey = known.byKey();
    return Optional.ofNullable(byKey.get(key))
        .or(
            () ->
                OneValue.of(state, key)
                    .map(value -> byKey.computeIfAbsent(key, name -> new Answer(value, mapper))));
  }

  Answer history() {
    List<Revision> revisions = reloader.history();
    Past known = past;
    if (known == null || !known.revisions().equals(revisions)) {
      known = new Past(revisions, new Answer(new History(revisions), mapper));
      past = known;
    }
    return known.answer();
  }
}
