package io.podlab.board.timeline;

import io.podlab.board.moment.Kind;
import io.podlab.board.moment.Observed;
import io.podlab.board.moment.PodState;
import io.podlab.board.moment.Source;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The lanes and their moments of the last hour: at most {@value #MOST_MOMENTS} moments, of {@value
 * #MOST_PODS} pods and as many other objects, which fit into a heap of 128 MiB. The timeline drops
 * the oldest moments first; their lane keeps the resulting state.
 *
 * <p>The timeline never waits for a client. Each client fetches new changes when it is ready for
 * them, so a slow client needs no memory and misses only dropped moments.
 */
@Singleton
public class Timeline {
  /** The timeline drops older moments. */
  public static final Duration WINDOW = Duration.ofHours(1);

  static final int MOST_MOMENTS = 20_000;
  static final int MOST_PODS = 500;

  /** So many UIDs need about one megabyte. */
  private static final int MOST_EVICTED = 10_000;

  /** Per pod and answer: without a limit, a probe with a period of 1s has 3,600 moments an hour. */
  static final int MOST_PROBES = 100;

  /** The API truncates to whole seconds; a larger difference means that the board learned late. */
  private static final Duration LATE = Duration.ofSeconds(2);

  private final Clock clock;
  private final List<Runnable> changeListeners = new CopyOnWriteArrayList<>();
  private final List<MomentListener> momentListeners = new CopyOnWriteArrayList<>();

  /** By UID, oldest first. */
  private final Map<String, Row> rows = new LinkedHashMap<>();

  private final NavigableSet<Moment> moments =
      new TreeSet<>(Comparator.comparingLong(Moment::order).thenComparingLong(Moment::id));

  /**
   * The UIDs of lanes that the timeline removed before their objects were deleted, oldest first.
   */
  private final Set<String> evicted = new LinkedHashSet<>();

  /** Moments by id, lanes by the number of their latest change. */
  private final NavigableMap<Long, Change> changes = new TreeMap<>();

  /** The latest order of each watch. */
  private final Map<String, Long> orders = new HashMap<>();

  private volatile Duration offset = Duration.ZERO;

  /** The end of the recording; null for a cluster. */
  private volatile Instant end;

  private String title = "";
  private volatile Set<String> namespaces = Set.of();

  /** By this machine's clock, before its difference from the API server's clock is known. */
  private final Instant start;

  /** Earlier moments were dropped, or precede the recording. */
  private Instant since = Instant.MIN;

  /** The {@code seenFrom} of the recording, if it has one. */
  private Instant recordedFrom;

  /** The latest {@code seen} of a moment; it can be after now if the clock was set back. */
  private Instant lastSeen = Instant.MIN;

  private long lastNumber;
  private long dropped;

  @Inject
  public Timeline(Clock clock) {
    this.clock = clock;
    this.start = clock.instant();
  }

  /** A lane with the bookkeeping for its moments. */
  private static final class Row {
    /** The number of its first change. */
    private final long created;

    /** The latest order of each source. */
    private final Map<Source, Long> orders = new EnumMap<>(Source.class);

    private final Map<Kind, Probes> probes =
        Map.of(Kind.PROBE_PASSED, new Probes("passed"), Kind.PROBE_REFUSED, new Probes("refused"));

    private Lane lane;

    /** The number of its latest change. */
    private long changed;

    /** The order of the latest dropped moment. */
    private long folded = Long.MIN_VALUE;

    private int kept;
    private boolean gone;

    Row(Lane lane, long number) {
      this.lane = lane;
      this.created = number;
      this.changed = number;
    }
  }

  /**
   * The latest probes of a pod with the same answer, oldest first, and the number of dropped ones.
   */
  private static final class Probes {
    private final String answer;
    private final Deque<Moment> latest = new ArrayDeque<>();
    private int folded;

    Probes(String answer) {
      this.answer = answer;
    }

    String withDropped(String text) {
      return "%s; %d earlier %s probes were dropped".formatted(text, folded, answer);
    }
  }

  /**
   * New changes.
   *
   * @param upTo the number of the last one
   */
  record Changes(List<Change> list, long upTo) {}

  /**
   * Everything that the timeline keeps.
   *
   * @param upTo the number of the latest change
   */
  record Snapshot(Recording recording, long upTo) {}

  /** The current time by the API server's clock; for a recording, its end. */
  public Instant now() {
    Instant ended = end;
    return ended == null ? corrected(clock.instant()) : ended;
  }

  /**
   * Converts a time of this machine's clock to the API server's clock, as far as the difference is
   * known.
   */
  public Instant corrected(Instant local) {
    return local.plus(offset).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Sets how far the API server's clock is ahead of this machine's clock. */
  public void correctClock(Duration ahead) {
    offset = ahead;
  }

  /**
   * Sets the title and the watched namespaces.
   *
   * @param what the title of the page and of recordings
   */
  public synchronized void describe(String what, Collection<String> watched) {
    title = what;
    namespaces = new TreeSet<>(watched);
  }

  Set<String> namespaces() {
    return namespaces;
  }

  synchronized int lanes() {
    return rows.size();
  }

  synchronized long dropped() {
    return dropped;
  }

  /** The listener runs after each change, on the thread of the change, and must not block. */
  void onChange(Runnable listener) {
    changeListeners.add(listener);
  }

  void onMoment(MomentListener listener) {
    momentListeners.add(listener);
  }

  /**
   * Adds a lane, or updates its owner, node or labels. A lane that was removed to make room does
   * not come back.
   */
  public void lane(Lane lane) {
    if (put(lane.bounded())) {
      changeListeners.forEach(Runnable::run);
    }
  }

  private synchronized boolean put(Lane lane) {
    Row row = rows.get(lane.uid());
    if (row == null && evicted.contains(lane.uid())) {
      return false;
    }
    if (row == null) {
      makeRoom(lane.isPod());
      row = new Row(lane, ++lastNumber);
      rows.put(lane.uid(), row);
    } else {
      Lane next = lane.with(row.lane.state(), row.lane.endpoints());
      if (next.equals(row.lane)) {
        return false;
      }
      changes.remove(row.changed);
      row.changed = ++lastNumber;
      row.lane = next;
    }
    changes.put(row.changed, row.lane);
    return true;
  }

  public synchronized boolean has(String uid) {
    return rows.containsKey(uid);
  }

  /** Marks the object as deleted: the timeline removes its lane with its last moment. */
  public synchronized void gone(String uid) {
    evicted.remove(uid);
    Row row = rows.get(uid);
    if (row != null) {
      row.gone = true;
      removeIfFinished(row);
    }
  }

  /** Adds a moment to its lane; ignores a moment of an unknown lane. */
  public void add(Observed observed) {
    keep(observed)
        .ifPresent(
            moment -> {
              momentListeners.forEach(listener -> listener.added(moment));
              changeListeners.forEach(Runnable::run);
            });
  }

  /** Empty if the lane is unknown or the moment is older than the window. */
  private synchronized Optional<Moment> keep(Observed observed) {
    Row row = rows.get(observed.lane());
    if (row == null) {
      return Optional.empty();
    }
    Moment moment = numbered(observed, row);
    row.gone |= moment.kind() == Kind.GONE || moment.state() == PodState.GONE;
    if (moment.order() < oldestOrder()) {
      fold(row, moment);
      removeIfFinished(row);
      return Optional.empty();
    }
    insert(row, moment);
    dropOld();
    return Optional.of(moment);
  }

  private Moment numbered(Observed observed, Row row) {
    Instant seen = now();
    Instant happened = observed.apiTime().filter(time -> time.isBefore(seen)).orElse(seen);
    boolean program = observed.source() == Source.PROGRAM;
    boolean late = observed.approximate() || Duration.between(happened, seen).compareTo(LATE) > 0;
    long order = happened.getEpochSecond();
    if (!program) {
      order = row.orders.merge(observed.source(), order, Math::max);
      if (!observed.approximate()) {
        order = orders.merge(observed.source() + "/" + row.lane.namespace(), order, Math::max);
        row.orders.put(observed.source(), order);
      }
    }
    return new Moment(
        ++lastNumber,
        order,
        program || late ? happened : seen,
        seen,
        observed.apiTime().filter(RecordingFile::isTime).orElse(null),
        observed.approximate(),
        observed.source(),
        observed.kind(),
        row.lane.uid(),
        row.lane.namespace(),
        row.lane.kind() + "/" + row.lane.name(),
        observed.state().orElse(null),
        observed.container().orElse(null),
        observed.endpoint().orElse(null),
        observed.count() == 0 ? null : observed.count(),
        observed.text());
  }

  private void insert(Row row, Moment moment) {
    moments.add(moment);
    lastSeen = later(lastSeen, moment.seen());
    changes.put(moment.id(), moment);
    row.kept++;
    Probes probes = row.probes.get(moment.kind());
    if (probes != null) {
      probes.latest.add(moment);
      if (probes.latest.size() > MOST_PROBES) {
        dropOldestProbe(probes);
      }
    }
  }

  /** Drops the oldest probe; the text of the next one gets the number of dropped probes. */
  private void dropOldestProbe(Probes probes) {
    Moment oldest = probes.latest.getFirst();
    moments.remove(oldest);
    drop(oldest);
    probes.folded++;
    Moment next = probes.latest.removeFirst();
    Moment updated = next.with(probes.withDropped(next.text()));
    probes.latest.addFirst(updated);
    moments.remove(next);
    moments.add(updated);
    changes.put(updated.id(), updated);
  }

  private long oldestOrder() {
    return end == null ? now().minus(WINDOW).getEpochSecond() : Long.MIN_VALUE;
  }

  private void dropOld() {
    long oldest = oldestOrder();
    while (!moments.isEmpty() && moments.first().order() < oldest) {
      drop(moments.pollFirst());
    }
    while (moments.size() > MOST_MOMENTS) {
      Moment excess = moments.pollFirst();
      since = later(since, excess.time());
      drop(excess);
    }
  }

  /** Updates everything else after a moment was removed from {@link #moments}. */
  private void drop(Moment moment) {
    dropped++;
    changes.remove(moment.id());
    Row row = rows.get(moment.lane());
    row.kept--;
    Probes probes = row.probes.get(moment.kind());
    if (probes != null) {
      probes.latest.remove(moment);
    }
    fold(row, moment);
    removeIfFinished(row);
  }

  private void fold(Row row, Moment moment) {
    if (moment.order() >= row.folded) {
      row.folded = moment.order();
      row.lane = row.lane.after(moment);
      changes.put(row.changed, row.lane);
    }
  }

  private void removeIfFinished(Row row) {
    if (row.gone && row.kept == 0) {
      rows.remove(row.lane.uid());
      changes.remove(row.changed);
    }
  }

  /**
   * Removes the oldest lane of a deleted object, or else the oldest lane, if there are too many.
   */
  private void makeRoom(boolean pod) {
    List<Row> same = rows.values().stream().filter(row -> row.lane.isPod() == pod).toList();
    if (same.size() < MOST_PODS) {
      return;
    }
    Row oldest = same.stream().filter(row -> row.gone).findFirst().orElse(same.get(0));
    String uid = oldest.lane.uid();
    List<Moment> removed = moments.stream().filter(moment -> moment.lane().equals(uid)).toList();
    removed.forEach(moments::remove);
    for (Moment moment : removed) {
      changes.remove(moment.id());
      since = later(since, moment.time());
    }
    dropped += removed.size();
    rows.remove(uid);
    changes.remove(oldest.changed);
    if (!oldest.gone) {
      evicted.add(uid);
      if (evicted.size() > MOST_EVICTED) {
        evicted.remove(evicted.iterator().next());
      }
    }
  }

  /** Everything that the timeline keeps now. */
  public Recording recording() {
    return snapshot().recording();
  }

  synchronized Snapshot snapshot() {
    dropOld();
    Instant now = now();
    Instant from = from(now);
    return new Snapshot(
        new Recording(
            Recording.FORMAT,
            title,
            from,
            later(from, later(now, lastSeen)),
            seenFrom(),
            dropped,
            rows.values().stream().map(row -> row.lane).toList(),
            List.copyOf(moments)),
        lastNumber);
  }

  /** The data of the event {@code time}. */
  synchronized Status status() {
    dropOld();
    Instant now = now();
    return new Status(now, from(now), seenFrom(), dropped, title, end == null);
  }

  private Instant seenFrom() {
    return end == null ? later(since, corrected(start)) : recordedFrom;
  }

  private Instant from(Instant now) {
    if (end != null) {
      return since;
    }
    Instant complete = seenFrom();
    Instant first = moments.isEmpty() ? complete : moments.first().time();
    Instant known = dropped > 0 || complete.isBefore(first) ? complete : first;
    return later(known, now.minus(WINDOW));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * The changes since the given one, in order; a new lane precedes its first moment.
   *
   * @param after the number of the last change that the client has
   * @param known the client has all lanes as of this change
   * @param most the maximum number of changes to return
   */
  synchronized Changes changes(long after, long known, int most) {
    List<Change> list = new ArrayList<>();
    Set<String> included = new HashSet<>();
    for (Map.Entry<Long, Change> change : changes.tailMap(after, false).entrySet()) {
      if (change.getValue() instanceof Lane lane) {
        if (change.getKey() > known && included.add(lane.uid())) {
          list.add(lane);
        }
      } else if (change.getValue() instanceof Moment moment) {
        Row row = rows.get(moment.lane());
        if (row.created > Math.max(after, known) && included.add(moment.lane())) {
          list.add(row.lane);
        }
        list.add(moment);
      }
      if (list.size() >= most) {
        return new Changes(list, change.getKey());
      }
    }
    return new Changes(list, lastNumber);
  }

  synchronized long lastNumber() {
    return lastNumber;
  }

  /** Shows a recording from now on. */
  public synchronized void show(Recording recording) {
    lastNumber = recording.moments().stream().mapToLong(Moment::id).max().orElse(0);
    title = recording.title();
    namespaces = new TreeSet<>(recording.lanes().stream().map(Lane::namespace).toList());
    since = recording.from();
    recordedFrom = recording.seenFrom();
    dropped = recording.dropped();
    recording.lanes().forEach(this::put);
    for (Moment moment : recording.moments()) {
      insert(rows.get(moment.lane()), moment);
    }
    end = recording.to();
  }
}
