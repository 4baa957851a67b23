package io.podlab.config.effective;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.config.delivery.Answer;
import io.podlab.config.delivery.Latest;
import io.podlab.config.reload.Reloader;
import io.podlab.config.reload.Revision;
import io.podlab.config.reload.State;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The answers under {@code /config}. Each is made once and shared by all clients. */
@Singleton
final class Answers {
  /** From this size of the values on, an answer is long: an event loop must not make it. */
  private static final int LONG_BYTES = 64 * 1024;

  /**
   * A long answer shows a new {@code confirmedAt} only every 10 s. Each version of an answer is one
   * more body in memory while slow clients read it.
   */
  private static final long LONG_ANSWER_SECONDS = 10;

  private final Reloader reloader;
  private final ObjectMapper mapper;
  private final Latest<Moment, Current> current = new Latest<>();
  private final Latest<State, Map<String, Answer>> values = new Latest<>();
  private final Latest<List<Revision>, Answer> history = new Latest<>();

  Answers(Reloader reloader, ObjectMapper mapper) {
    this.reloader = reloader;
    this.mapper = mapper;
  }

  /** Everything that an answer depends on. */
  private record Moment(State state, long confirmed, boolean stale) {}

  record Current(State state, String revisionTag, String tag, Answer answer) {}

  /** Whether making an answer is too much work for an event loop. */
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
    boolean isLong = isLong(state);
    long shown = isLong ? second - second % LONG_ANSWER_SECONDS : second;
    boolean stale = reloader.isStale();
    return current.get(
        new Moment(state, shown, stale),
        () -> {
          EffectiveConfig config = EffectiveConfig.of(state, confirmedAt, stale);
          return new Current(
              state, config.tag(), EntityTags.of(config.tag()), new Answer(config, mapper, isLong));
        });
  }

  /** The answer for one key, if the key exists. */
  Optional<Answer> value(String key) {
    State state = reloader.state();
    return OneValue.of(state, key)
        .map(
            value ->
                values
                    .get(state, ConcurrentHashMap::new)
                    .computeIfAbsent(key, first -> new Answer(value, mapper)));
  }

  Answer history() {
    List<Revision> revisions = reloader.history();
    return history.get(revisions, () -> new Answer(new History(revisions), mapper));
  }
}
