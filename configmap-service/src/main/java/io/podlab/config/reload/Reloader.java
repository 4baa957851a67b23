package io.podlab.config.reload;

import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.config.reload.ReloadMeters.Result;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.settings.Parsed;
import io.podlab.config.settings.Settings;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.settings.Shown;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Look;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Multi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The one place that decides what is in effect. Looks at all sources, on one thread; what the
 * source in effect holds is taken as a whole, or rejected as a whole. All that others read of it is
 * one immutable {@link State}.
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
  private volatile List<Sighting> sightings = List.of();
  private Optional<Instant> answeredAt = Optional.empty();
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
    try {
      begin();
    } catch (ConfigurationException refused) {
      this.sources.forEach(Source::close);
      this.meters.close();
      throw refused;
    }
    this.meters.show(this::state, this::confirmedAt);
  }

  private void begin() {
    Look first = see(true);
    refreshed = nanos.getAsLong();
    settling.pass(first.reading(), refreshed);
    Optional<String> problem =
        start(first.reading())
            .map(
                why ->
                    "no good configuration from %s %s: %s"
                        .formatted(active.name(), active.origin(), why));
    if (problem.isPresent()) {
      Loaded kept =
          lastGood
              .flatMap(LastGood::read)
              .flatMap(this::keptFromDisk)
              .orElseThrow(() -> new ConfigurationException(problem.get()));
      take(kept);
      LOG.warnf(
          "%s; revision %s, the last good one, is in effect",
          problem.get(), kept.snapshot().revision());
      judge(first.reading());
    }
    confirm();
  }

  /** Why the first reading cannot be taken, if it cannot. */
  private Optional<String> start(Reading reading) {
    if (reading instanceof Reading.Content content) {
      Parsed parsed = SettingsParser.parse(content.snapshot());
      if (parsed instanceof Parsed.Invalid invalid) {
        return Optional.of(new Rejected(Optional.empty(), start, invalid.errors()).sentence());
      }
      take(loaded(content, ((Parsed.Valid) parsed).settings()));
      LOG.infof(
          "loaded revision %s from %s %s",
          content.snapshot().revision(), active.name(), active.origin());
      lastGood.ifPresent(disk -> disk.write(content.snapshot()));
      return Optional.empty();
    }
    return Optional.of(why(reading));
  }

  private static String why(Reading reading) {
    if (reading instanceof Reading.Gone gone) {
      return gone.why();
    }
    if (reading instanceof Reading.Unreadable unreadable) {
      return unreadable.why();
    }
    Reading.Refused refused = (Reading.Refused) reading;
    return error(refused).sentence();
  }

  private Optional<Loaded> keptFromDisk(Snapshot snapshot) {
    return SettingsParser.parse(snapshot) instanceof Parsed.Valid valid
        ? Optional.of(
            new Loaded(snapshot, valid.settings(), Optional.empty(), clock.instant(), true))
        : Optional.empty();
  }

  private Loaded loaded(Reading.Content content, Settings settings) {
    return new Loaded(content.snapshot(), settings, content.version(), clock.instant(), false);
  }

  /** All of one moment. */
  public State state() {
    return state;
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
    return silence.compareTo(state.loaded().settings().refresh().multipliedBy(STALE_AFTER)) > 0;
  }

  /** What was decided upon, the newest first; 100 at most. */
  public List<Revision> history() {
    synchronized (history) {
      return List.copyOf(history);
    }
  }

  /** What was last seen of each source. */
  public List<Sighting> sightings() {
    return sightings;
  }

  /** The one whose content is in effect. */
  public Source active() {
    return active;
  }

  /** Whether the process is on its way out, and streams are to end. */
  public boolean hasEnded() {
    return followers.hasEnded();
  }

  /**
   * The present state, then each next one.
   *
   * @throws io.podlab.kit.http.ProblemException 503 if 1000 follow already
   */
  public Multi<State> follow() {
    return followers.follow(this::state);
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
    Reading reading = see(due).reading();
    boolean passes = settling.passes(reading, now);
    if (passes) {
      judge(reading);
      settling.pass(reading, now);
    }
    confirm();
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
    Reading reading = see(true).reading();
    judge(reading);
    settling.pass(reading, nanos.getAsLong());
    confirm();
  }

  /** After what it confirms, so that nothing older ever claims to be so fresh. */
  private void confirm() {
    if (!settling.isWaiting()) {
      confirmedAt = answeredAt;
    }
  }

  private Look see(boolean anew) {
    Instant now = clock.instant();
    List<Sighting> seen = new ArrayList<>();
    Look inEffect = null;
    boolean news = false;
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      Look look = anew ? source.read() : source.look();
      Optional<Sighting> known =
          sightings.isEmpty() ? Optional.empty() : Optional.of(sightings.get(i));
      seen.add(
          known.map(one -> one.next(look, now)).orElseGet(() -> Sighting.first(source, look, now)));
      news |= known.filter(one -> one.look().reading() == look.reading()).isEmpty();
      if (source == active) {
        inEffect = look;
      }
    }
    if (news) {
      compare(seen);
    }
    sightings = List.copyOf(seen);
    answeredAt = inEffect.confirmedAt();
    return inEffect;
  }

  /** While the API cannot be read, with what it had. */
  private void compare(List<Sighting> seen) {
    Sighting.api(seen)
        .filter(api -> !api.values().isEmpty())
        .ifPresent(api -> seen.replaceAll(one -> compared(one, api)));
  }

  private Sighting compared(Sighting one, Sighting api) {
    Sighting compared = one.comparedWith(api);
    if (one.source() != active && !compared.followedAfter().equals(one.followedAfter())) {
      compared.followedAfter().ifPresent(lag -> meters.lag(one.source().name(), lag));
    }
    return compared;
  }

  private void judge(Reading reading) {
    if (reading instanceof Reading.Content content) {
      judge(content);
    } else if (reading instanceof Reading.Refused refused) {
      List<KeyError> errors = List.of(error(refused));
      if (isNews(
          state.rejected().filter(known -> known.revision().isEmpty()),
          known -> known.errors().equals(errors),
          state::rejecting)) {
        reject(Optional.empty(), errors, List.of());
      }
    } else if (reading instanceof Reading.Gone gone) {
      lose(gone.why());
    } else if (reading instanceof Reading.Unreadable unreadable) {
      String why = unreadable.why();
      if (state.unreadable().filter(known -> known.why().equals(why)).isEmpty()) {
        say(Result.UNREADABLE, why);
        set(state.missing(new Trouble(clock.instant(), why)));
      }
    }
  }

  private void lose(String why) {
    if (isNews(state.gone(), known -> known.why().equals(why), state::losing)) {
      say(Result.GONE, why);
      set(state.losing(new Trouble(clock.instant(), why)));
    }
  }

  /**
   * Whether it is to be told. What is known already is not told again, though it is all there is to
   * tell where the source could not be read in between.
   */
  private <T> boolean isNews(Optional<T> known, Predicate<T> same, Function<T, State> again) {
    Optional<T> old = known.filter(same);
    if (old.isPresent() && state.unreadable().isPresent()) {
      LOG.infof("%s can be read again, and is as it was", active.origin());
      set(again.apply(old.get()));
    }
    return old.isEmpty();
  }

  private static KeyError error(Reading.Refused refused) {
    return new KeyError(refused.key(), Optional.empty(), refused.why());
  }

  private void judge(Reading.Content content) {
    Snapshot snapshot = content.snapshot();
    Loaded before = state.loaded();
    if (snapshot.revision().equals(before.snapshot().revision())) {
      if (!state.isGood()) {
        LOG.infof("the source holds revision %s, which is in effect", snapshot.revision());
      }
      if (!state.isGood() || before.kept() || !before.version().equals(content.version())) {
        set(state.inEffect(before.named(content.version())));
      }
      return;
    }
    if (snapshot.isEmpty()) {
      lose(active.origin() + " holds no keys");
      return;
    }
    Optional<String> revision = Optional.of(snapshot.revision());
    if (!isNews(state.rejected(), known -> known.revision().equals(revision), state::rejecting)) {
      return;
    }
    Parsed parsed = SettingsParser.parse(snapshot);
    if (parsed instanceof Parsed.Invalid invalid) {
      reject(revision, invalid.errors(), Change.between(given(before.snapshot()), given(snapshot)));
      return;
    }
    take(loaded(content, ((Parsed.Valid) parsed).settings()));
    meters.count(active.name(), Result.SUCCESS);
    content
        .changed()
        .ifPresent(at -> meters.lag(active.name(), Duration.between(at, clock.instant())));
    LOG.infof("reloaded: revision %s, was %s", snapshot.revision(), before.snapshot().revision());
    lastGood.ifPresent(disk -> disk.write(snapshot));
  }

  private static SortedMap<String, String> given(Snapshot snapshot) {
    return SettingsParser.given(snapshot);
  }

  private void reject(Optional<String> revision, List<KeyError> errors, List<Change> changes) {
    Rejected rejected = new Rejected(revision, clock.instant(), errors);
    say(Result.REJECTED, rejected.sentence());
    remember(
        new Revision(
            revision,
            rejected.when(),
            active.name(),
            Revision.Result.REJECTED,
            changes.size(),
            changes,
            errors));
    set(state.rejecting(rejected));
  }

  private void say(Result result, String why) {
    meters.count(active.name(), result);
    LOG.warnf(
        "%s: %s; revision %s stays in effect",
        result.name().toLowerCase(Locale.ROOT),
        Shown.line(why),
        state.loaded().snapshot().revision());
  }

  private void take(Loaded next) {
    SortedMap<String, String> before =
        state == null ? new TreeMap<>() : given(state.loaded().snapshot());
    List<Change> changes = Change.between(before, given(next.snapshot()));
    sources.forEach(source -> source.refreshEvery(next.settings().refresh()));
    effect.accept(next.settings());
    meters.inEffect(next.snapshot().revision());
    remember(
        new Revision(
            Optional.of(next.snapshot().revision()),
            next.at(),
            active.name(),
            Revision.Result.ACCEPTED,
            changes.size(),
            changes,
            List.of()));
    set(
        state == null
            ? new State(
                next,
                active.name(),
                active.origin(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())
            : state.inEffect(next));
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
    state = next;
    followers.tell(next);
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
