package io.podlab.config.reload;

import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.config.reload.Decision.Result;
import io.podlab.config.settings.Excerpt;
import io.podlab.config.settings.Settings;
import io.podlab.config.source.ReadResult;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.kit.duration.GoDuration;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Multi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Reads the sources, and does what a {@link Decision} says. {@link ReloadLoop} calls it, on one
 * thread; all that others read of it is one immutable {@link State}.
 */
public class Reloader {
  static final int MOST_HISTORY = 100;

  private static final Logger LOG = Logger.getLogger(Reloader.class);

  /** After so many times {@code refresh} without an answer, what is in effect is stale. */
  private static final int STALE_AFTER = 3;

  private final List<Source> sources;
  private final Source active;
  private final Optional<LastGood> lastGood;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Instant start;
  private final ReloadMeters meters;
  private final Consumer<Settings> effect;
  private final Followers<State> followers = new Followers<>();
  private final Settling settling = new Settling();
  private final Deque<Revision> history = new ArrayDeque<>();

  private volatile State state;
  private volatile Optional<Instant> confirmedAt = Optional.empty();
  private volatile List<SourceStatus> statuses = List.of();
  private long refreshed;
  private boolean wasStale;

  /**
   * Reads all sources.
   *
   * @param active one of the sources, whose content is in effect
   * @param nanos a clock that does not jump
   * @param effect told of each configuration that comes into effect
   * @throws ConfigurationException if there is no good configuration
   */
  Reloader(
      List<Source> sources,
      Source active,
      Optional<LastGood> lastGood,
      Clock clock,
      LongSupplier nanos,
      MeterRegistry meters,
      Consumer<Settings> effect) {
    this.sources = List.copyOf(sources);
    this.active = active;
    this.lastGood = lastGood;
    this.clock = clock;
    this.nanos = nanos;
    this.start = clock.instant();
    this.effect = effect;
    this.meters = new ReloadMeters(meters, this.sources);
    this.state = State.nothing(active.name(), active.origin(), start);
    try {
      begin();
    } catch (ConfigurationException refused) {
      this.sources.forEach(Source::close);
      this.meters.close();
      throw refused;
    }
    this.meters.show(this::state, this::confirmedAt, this::isStale);
  }

  private void begin() {
    SourceStatus first = read(true);
    refreshed = nanos.getAsLong();
    settling.pass(first.reading(), refreshed);
    Decision decision = Decision.of(state, first.reading(), clock.instant());
    Optional<String> problem =
        decision
            .state()
            .problem()
            .map(
                why ->
                    "no good configuration from %s %s: %s"
                        .formatted(active.name(), active.origin(), why));
    if (problem.isEmpty()) {
      // The first revision is recorded even if it has no keys.
      take(Decision.taking(state, decision.state().loaded()));
      LOG.infof("loaded revision %s from %s %s", revision(), active.name(), active.origin());
      lastGood.ifPresent(disk -> disk.write(state.loaded().snapshot()));
    } else {
      take(
          lastGood
              .flatMap(LastGood::read)
              .flatMap(snapshot -> Loaded.kept(snapshot, start))
              .map(kept -> Decision.taking(state, kept))
              .orElseThrow(() -> new ConfigurationException(problem.get())));
      LOG.warnf("%s; revision %s, the last good one, is in effect", problem.get(), revision());
      judge(first.reading());
    }
    confirm(first);
  }

  /** All of one moment. */
  public State state() {
    return state;
  }

  private String revision() {
    return state.loaded().snapshot().revision();
  }

  /**
   * When the source in effect last answered: with what is in effect, with what is rejected, or that
   * it is gone. It never tells of a change that has not settled yet. Who wants {@link #state()},
   * too, asks for this one first: then it is no newer than the state.
   */
  public Optional<Instant> confirmedAt() {
    return confirmedAt;
  }

  /** Whether the source has not answered for three times {@code refresh}. */
  public boolean isStale() {
    Duration silence = Duration.between(confirmedAt.orElse(start), clock.instant());
    return silence.compareTo(patience()) > 0;
  }

  private Duration patience() {
    return state.loaded().settings().refresh().multipliedBy(STALE_AFTER);
  }

  /** For a person, while {@link #isStale()}. */
  String whyStale() {
    State now = state;
    return "%s %s has not answered since %s, which is longer than %s (%d times refresh); the configuration in effect may be out of date%s"
        .formatted(
            active.name(),
            active.origin(),
            confirmedAt.orElse(start),
            GoDuration.format(patience()),
            STALE_AFTER,
            now.unreadable().map(problem -> ": " + problem.why()).orElse(""));
  }

  /** What was decided upon, the newest first; 100 at most. */
  public List<Revision> history() {
    synchronized (history) {
      return List.copyOf(history);
    }
  }

  /** What was last read of each source. */
  public List<SourceStatus> statuses() {
    return statuses;
  }

  /** The one whose content is in effect. */
  public Source active() {
    return active;
  }

  /** Whether the process is on its way out, and streams are to end. */
  public boolean hasEnded() {
    return followers.hasEnded();
  }

  /** The present state, then each next one. The caller bounds how many follow. */
  public Multi<State> follow() {
    return followers.follow(this::state);
  }

  /** The same, for a client that waits for a state. It fails with 503 if 1,000 wait already. */
  public Multi<State> await() {
    return followers.await(this::state);
  }

  void end() {
    followers.end();
  }

  /**
   * One look at all sources, and at what has become of the one in effect.
   *
   * @return whether there was something to see: a change, or one that has not settled yet
   */
  boolean look() {
    long now = nanos.getAsLong();
    boolean due = now - refreshed >= state.loaded().settings().refresh().toNanos();
    if (due) {
      refreshed = now;
    }
    SourceStatus status = read(due);
    boolean passes = settling.passes(status.reading(), now);
    if (passes) {
      judge(status.reading());
      settling.pass(status.reading(), now);
    }
    confirm(status);
    warnIfStale();
    return passes || settling.isWaiting();
  }

  /**
   * Has the sources asked that take their time; the answer of the one in effect is waited for, if
   * it is one of them.
   */
  CompletableFuture<Void> ask() {
    sources.stream().filter(source -> source != active).forEach(Source::ask);
    return active.ask();
  }

  /** Reads all sources anew, and waits for nothing to settle. */
  void reload() {
    SourceStatus status = read(true);
    judge(status.reading());
    settling.pass(status.reading(), nanos.getAsLong());
    confirm(status);
  }

  /** After what it confirms, so that nothing older ever claims to be so fresh. */
  private void confirm(SourceStatus status) {
    if (!settling.isWaiting()) {
      confirmedAt = status.confirmedAt();
    }
  }

  /** Returns the status of the source in effect. */
  private SourceStatus read(boolean anew) {
    List<ReadResult> results =
        sources.stream().map(source -> anew ? source.read() : source.look()).toList();
    List<SourceStatus> before = statuses;
    List<SourceStatus> now = SourceStatus.next(sources, before, results, clock.instant());
    for (int i = 0; i < before.size(); i++) {
      measureLag(before.get(i), now.get(i));
    }
    statuses = now;
    return now.get(sources.indexOf(active));
  }

  private void measureLag(SourceStatus before, SourceStatus now) {
    if (now.source() != active && !now.followedAfter().equals(before.followedAfter())) {
      now.followedAfter().ifPresent(lag -> meters.lag(now.source().name(), lag));
    }
  }

  private void judge(Reading reading) {
    Decision decision = Decision.of(state, reading, clock.instant());
    if (decision.result().equals(Optional.of(Result.SUCCESS))) {
      take(decision);
      if (reading instanceof Reading.Content content) {
        content
            .changed()
            .ifPresent(at -> meters.lag(active.name(), Duration.between(at, clock.instant())));
      }
      lastGood.ifPresent(disk -> disk.write(state.loaded().snapshot()));
    } else {
      decision.revision().ifPresent(this::remember);
      set(decision.state());
    }
    decision.result().ifPresent(result -> meters.count(active.name(), result));
    decision.message().ifPresent(message -> log(decision.result(), message));
  }

  /** What goes wrong here is tried again: nothing is in effect before all of it is. */
  private void take(Decision decision) {
    Loaded next = decision.state().loaded();
    sources.forEach(source -> source.refreshEvery(next.settings().refresh()));
    effect.accept(next.settings());
    meters.inEffect(next.snapshot().revision());
    decision.revision().ifPresent(this::remember);
    set(decision.state());
  }

  private void log(Optional<Result> result, String message) {
    result
        .filter(one -> one != Result.SUCCESS)
        .ifPresentOrElse(
            one ->
                LOG.warnf(
                    "%s: %s; revision %s stays in effect",
                    one.name().toLowerCase(Locale.ROOT), Excerpt.line(message), revision()),
            () -> LOG.info(message));
  }

  private void remember(Revision revision) {
    synchronized (history) {
      history.addFirst(revision);
      if (history.size() > MOST_HISTORY) {
        history.removeLast();
      }
    }
  }

  private void set(State next) {
    if (next != state) {
      state = next;
      followers.tell(next);
    }
  }

  private void warnIfStale() {
    boolean stale = isStale();
    if (stale && !wasStale) {
      LOG.warnf(
          "%s has not answered since %s; what is in effect may be out of date",
          active.origin(), confirmedAt.orElse(start));
    } else if (wasStale && !stale) {
      LOG.infof("%s answers again", active.origin());
    }
    wasStale = stale;
  }

  void close() {
    followers.end();
    sources.forEach(Source::close);
    meters.close();
  }
}
