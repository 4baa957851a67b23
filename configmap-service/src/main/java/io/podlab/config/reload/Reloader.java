package io.podlab.config.reload;

import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.config.reload.Decision.Result;
import io.podlab.config.settings.Excerpt;
import io.podlab.config.settings.Settings;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.ReadResult;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.kit.duration.GoDuration;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Multi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Reads the sources and applies the {@link Decision}. {@link ReloadLoop} calls it on one thread.
 * Other threads read one immutable {@link State}.
 */
public class Reloader {
  private static final Logger LOG = Logger.getLogger(Reloader.class);

  /** Without an answer for this multiple of {@code refresh}, the configuration is stale. */
  private static final int STALE_AFTER = 3;

  private final List<Source> sources;
  private final Source active;
  private final Optional<LastGood> lastGood;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Instant start;
  private final ReloadMeters meters;
  private final Consumer<Settings> effect;
  private final Subscribers<State> subscribers = new Subscribers<>();
  private final Debounce debounce = new Debounce();
  private final RevisionHistory history = new RevisionHistory();

  private volatile State state;
  private volatile Optional<Instant> confirmedAt = Optional.empty();
  private volatile List<SourceStatus> statuses = List.of();
  private long refreshed;
  private boolean wasStale;

  /**
   * Reads all sources.
   *
   * @param active the source whose content is in effect
   * @param nanos a monotonic clock
   * @param effect called with each configuration that takes effect
   * @throws ConfigurationException if there is no valid configuration
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
    debounce.pass(first.reading(), refreshed);
    Decision decision = Decision.of(state, first.reading(), clock.instant());
    Optional<String> problem =
        decision
            .state()
            .problem()
            .map(
                why ->
                    "the source %s (%s) has no valid configuration: %s"
                        .formatted(active.name(), active.origin(), why));
    if (problem.isEmpty()) {
      // The first revision is recorded even if it has no keys.
      accept(Decision.acceptance(state, decision.state().loaded()));
      LOG.infof("loaded revision %s from %s %s", revision(), active.name(), active.origin());
    } else {
      accept(
          lastGood
              .flatMap(LastGood::read)
              .flatMap(snapshot -> Loaded.kept(snapshot, start))
              .map(kept -> Decision.acceptance(state, kept))
              .orElseThrow(() -> new ConfigurationException(problem.get())));
      LOG.warnf("%s; using revision %s, the last good configuration", problem.get(), revision());
      decide(first.reading());
    }
    confirm(first);
  }

  /** The current state, in one object. */
  public State state() {
    return state;
  }

  private String revision() {
    return state.loaded().snapshot().revision();
  }

  /**
   * When the active source last answered with the content in effect, with rejected content, without
   * content, or with the content that a rollback replaced. A change that has not settled yet does
   * not count. A caller that also needs {@link #state()} calls this method first, so that the time
   * is not newer than the state.
   */
  public Optional<Instant> confirmedAt() {
    return confirmedAt;
  }

  /** Whether the active source has not answered for three times {@code refresh}. */
  public boolean isStale() {
    Duration silence = Duration.between(confirmedAt.orElse(start), clock.instant());
    return silence.compareTo(patience()) > 0;
  }

  private Duration patience() {
    return state.loaded().settings().refresh().multipliedBy(STALE_AFTER);
  }

  /** A message for the readiness check, while {@link #isStale()}. */
  String whyStale() {
    State now = state;
    return "%s %s has not answered since %s, which is more than %s (%d times refresh); the configuration in effect may be out of date%s"
        .formatted(
            active.name(),
            active.origin(),
            confirmedAt.orElse(start),
            GoDuration.format(patience()),
            STALE_AFTER,
            now.unreadable().map(problem -> ": " + problem.why()).orElse(""));
  }

  /** The accepted and rejected revisions, newest first; at most 100. */
  public List<Revision> history() {
    return history.list();
  }

  /** The status of each source. */
  public List<SourceStatus> statuses() {
    return statuses;
  }

  /** The source whose content is in effect. */
  public Source active() {
    return active;
  }

  /** Whether the service shuts down, and streams must end. */
  public boolean hasEnded() {
    return subscribers.hasEnded();
  }

  /** The current state, then each next one. The caller limits the number of clients. */
  public Multi<State> follow() {
    return subscribers.follow(this::state);
  }

  /** As {@link #follow}, for a client that waits. Fails with 503 if 1,000 clients wait. */
  public Multi<State> await() {
    return subscribers.await(this::state);
  }

  void end() {
    subscribers.end();
  }

  /**
   * Checks all sources, and applies a settled change of the active one.
   *
   * @return whether there was a change, settled or not
   */
  boolean look() {
    long now = nanos.getAsLong();
    boolean due = now - refreshed >= state.loaded().settings().refresh().toNanos();
    if (due) {
      refreshed = now;
    }
    SourceStatus status = read(due);
    boolean passes = debounce.passes(status.reading(), now);
    if (passes) {
      decide(status.reading());
      debounce.pass(status.reading(), now);
    }
    confirm(status);
    warnIfStale();
    return passes || debounce.isWaiting();
  }

  /**
   * Starts requests to the sources that can take long. The result completes when the active source
   * has answered.
   */
  CompletableFuture<Void> ask() {
    sources.stream().filter(source -> source != active).forEach(Source::ask);
    return active.ask();
  }

  /** Reads all sources again, without waiting until a change settles. */
  void reload() {
    SourceStatus status = read(true);
    decide(status.reading());
    debounce.pass(status.reading(), nanos.getAsLong());
    confirm(status);
  }

  /** Called after the state is set, so that an older state never gets the newer time. */
  private void confirm(SourceStatus status) {
    if (!debounce.isWaiting()) {
      confirmedAt = status.confirmedAt();
    }
  }

  /** Returns the status of the active source. */
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

  private void decide(Reading reading) {
    Decision decision = Decision.of(state, reading, clock.instant());
    if (decision.result().equals(Optional.of(Result.SUCCESS))) {
      accept(decision);
      if (reading instanceof Reading.Content content) {
        content
            .changed()
            .ifPresent(at -> meters.lag(active.name(), Duration.between(at, clock.instant())));
      }
    } else {
      decision.revision().ifPresent(history::add);
      set(decision.state());
    }
    decision.result().ifPresent(result -> meters.count(active.name(), result));
    decision.message().ifPresent(message -> log(decision.result(), message));
  }

  /**
   * Puts an earlier revision into effect, until the source changes.
   *
   * @throws io.podlab.kit.http.ProblemException if the history does not have this revision, or the
   *     service rejected it
   */
  RollbackResult rollBack(String revision) {
    boolean changes = !revision.equals(revision());
    if (changes) {
      Snapshot content =
          state
              .sourceContent()
              .filter(one -> one.revision().equals(revision))
              .orElseGet(() -> history.content(revision));
      Decision decision =
          Decision.rollback(
              state, Loaded.rolledBack(content, state.loaded().version(), clock.instant()));
      accept(decision);
      decision.message().ifPresent(LOG::info);
    }
    return new RollbackResult(changes, state);
  }

  /**
   * The state after a rollback.
   *
   * @param changed whether another revision was in effect before
   */
  record RollbackResult(boolean changed, State state) {}

  /**
   * Sets the state last. After a failure, the old configuration stays in effect. The next check
   * tries a change of the source again, but not a rollback.
   */
  private void accept(Decision decision) {
    Loaded next = decision.state().loaded();
    try {
      apply(next);
      if (decision.state().isFromSource()) {
        save(decision.state());
      }
    } catch (RuntimeException failed) {
      try {
        apply(state.loaded());
      } catch (RuntimeException failedAgain) {
        failed.addSuppressed(failedAgain);
      }
      throw failed;
    }
    decision.revision().ifPresent(revision -> history.addInEffect(revision, next.snapshot()));
    set(decision.state());
  }

  private void apply(Loaded next) {
    sources.forEach(source -> source.refreshEvery(next.settings().refresh()));
    effect.accept(next.settings());
    meters.inEffect(next.snapshot().revision());
  }

  /** A restart must not bring back a rollback, so only content of the source is saved. */
  private void save(State next) {
    lastGood.ifPresent(disk -> disk.write(next.loaded().snapshot()));
  }

  private void log(Optional<Result> result, String message) {
    result
        .filter(one -> one != Result.SUCCESS)
        .ifPresentOrElse(
            one ->
                LOG.warnf(
                    "%s: %s (revision %s stays in effect)",
                    one.name().toLowerCase(Locale.ROOT), Excerpt.line(message), revision()),
            () -> LOG.info(message));
  }

  private void set(State next) {
    if (next != state) {
      state = next;
      subscribers.publish(next);
    }
  }

  private void warnIfStale() {
    boolean stale = isStale();
    if (stale && !wasStale) {
      LOG.warnf(
          "%s has not answered since %s; the configuration in effect may be out of date",
          active.origin(), confirmedAt.orElse(start));
    } else if (wasStale && !stale) {
      LOG.infof("%s answers again", active.origin());
    }
    wasStale = stale;
  }

  void close() {
    subscribers.end();
    sources.forEach(Source::close);
    meters.close();
  }
}
