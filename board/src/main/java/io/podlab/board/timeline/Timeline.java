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
 * The lanes and their moments: those of the last hour, at most {@value #MOST_MOMENTS} moments, of
 * {@value #MOST_PODS} pods and as many other objects, so that a heap of 128 MiB holds them. What
 * falls out is the oldest; its lane remembers what it led to.
 *
 * <p>No client is waited for: each fetches what is new when it can take it, so that a slow one
 * costs no memory and misses only what has fallen out meanwhile.
 */
@Singleton
public class Timeline {
  /** What is older falls out. */
  public static final Duration WINDOW = Duration.ofHours(1);

  static final int MOST_MOMENTS = 20_000;
  static final int MOST_PODS = 500;

  /** As many UIDs take a megabyte. */
  private static final int MOST_EVICTED = 10_000;

  /** Of one pod and answer: a probe with a period of a second would fill the hour alone. */
  static final int MOST_PROBES = 100;

  /** The API's whole second may be almost one ago; what is older was learned late. */
  private static final Duration LATE = Duration.ofSeconds(2);

  private final Clock clock;
  private final List<Runnable> changeListeners = new CopyOnWriteArrayList<>();
  private final List<MomentListener> momentListeners = new CopyOnWriteArrayList<>();

  /** By UID, the oldest first. */
  private final Map<String, Row> rows = new LinkedHashMap<>();

  private final NavigableSet<Moment> moments =
      new TreeSet<>(Comparator.comparingLong(Moment::order).thenComparingLong(Moment::id));

  /** The UIDs of lanes that gave way while their objects lived, the oldest first. */
  private final Set<String> evicted = new LinkedHashSet<>();

  /** Each moment by its id, each lane by the number of its latest change. */
  private final NavigableMap<Long, Change> changes = new TreeMap<>();

  /** The latest order of each watch. */
  private final Map<String, Long> orders = new HashMap<>();

  private volatile Duration offset = Duration.ZERO;

  /** The end of a recording that is shown; null while a cluster is watched. */
  private volatile Instant end;

  private String title = "";
  private volatile Set<String> namespaces = Set.of();

  /** By this machine's clock: how far that is wrong is learned later. */
  private final Instant start;

  /** What is older has fallen out, or was before the recording. */
  private Instant since = Instant.MIN;

  /** Of a recording that is shown, if it says it. */
  private Instant recordedFrom;

  /** The latest time that a moment was seen, which is after now once the clock is set back. */
  private Instant lastSeen = Instant.MIN;

  private long lastNumber;
  private long dropped;

  @Inject
  public Timeline(Clock clock) {
    this.clock = clock;
    this.start = clock.instant();
  }

  /** A lane, and what is known of its moments. */
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

    /** The order of the latest moment that has fallen out. */
    private long folded = Long.MIN_VALUE;

    private int kept;
    private boolean gone;

    Row(Lane lane, long number) {
      this.lane = lane;
      this.created = number;
      this.changed = number;
    }
  }

  /** The latest probes of a pod with one answer, the oldest first, and how many were before. */
  private static final class Probes {
    private final String answer;
    private final Deque<Moment> latest = new ArrayDeque<>();
    private int folded;

    Probes(String answer) {
      this.answer = answer;
    }

    String saying(String text) {
      return "%s; %d %s ones before it are not kept".formatted(text, folded, answer);
    }
  }

  /**
   * What is new.
   *
   * @param upTo the number of the last of them
   */
  record Changes(List<Change> list, long upTo) {}

  /**
   * All that is kept.
   *
   * @param upTo the number of the latest change in it
   */
  record Snapshot(Recording recording, long upTo) {}

  /** Now, by the API server's clock; of a recording its end. */
  public Instant now() {
    Instant ended = end;
    return ended == null ? corrected(clock.instant()) : ended;
  }

  /**
   * The API server's time, as far as its clock is known now.
   *
   * @param local the time by this machine's clock
   */
  public Instant corrected(Instant local) {
    return local.plus(offset).truncatedTo(ChronoUnit.MILLIS);
  }

  /** How far the API server's clock is ahead of this machine's. */
  public void correctClock(Duration ahead) {
    offset = ahead;
  }

  /**
   * Says what is shown.
   *
   * @param what for the page, and the title of a recording
   * @param watched the namespaces that can be asked for
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

  /** It is called after each change, by the thread that makes it, and must not block. */
  void onChange(Runnable listener) {
    changeListeners.add(listener);
  }

  void onMoment(MomentListener listener) {
    momentListeners.add(listener);
  }

  /**
   * Adds a lane, or replaces what is known of it (its owner, node or labels). One that had to give
   * way to others does not come back.
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

  /** The object was removed: its lane goes when its last moment has fallen out. */
  public synchronized void gone(String uid) {
    evicted.remove(uid);
    Row row = rows.get(uid);
    if (row != null) {
      row.gone = true;
      forgetIfOver(row);
    }
  }

  /** Adds a moment to its lane, which must be there; one of an unknown lane is ignored. */
  public void add(Observed observed) {
    keep(observed)
        .ifPresent(
            moment -> {
              momentListeners.forEach(listener -> listener.added(moment));
              changeListeners.forEach(Runnable::run);
            });
  }

  /** The moment, unless it is not kept: its lane is unknown, or it is older than the window. */
  private synchronized Optional<Moment> keep(Observed observed) {
    Row row = rows.get(observed.lane());
    if (row == null) {
      return Optional.empty();
    }
    Moment moment = numbered(observed, row);
    row.gone |= moment.kind() == Kind.GONE || moment.state() == PodState.GONE;
    if (moment.order() < oldestOrder()) {
      fold(row, moment);
      forgetIfOver(row);
      return Optional.empty();
    }
    insert(row, moment);
    forgetOld();
    return Optional.of(moment);
  }

  private Moment numbered(Observed observed, Row row) {
    Instant seen = now();
    Instant told = observed.apiTime().filter(time -> time.isBefore(seen)).orElse(seen);
    boolean program = observed.source() == Source.PROGRAM;
    boolean late = observed.approximate() || Duration.between(told, seen).compareTo(LATE) > 0;
    long order = told.getEpochSecond();
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
        program || late ? told : seen,
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
        foldOldest(probes);
      }
    }
  }

  /** The next one says it. */
  private void foldOldest(Probes probes) {
    Moment oldest = probes.latest.getFirst();
    moments.remove(oldest);
    drop(oldest);
    probes.folded++;
    Moment next = probes.latest.removeFirst();
    Moment says = next.with(probes.saying(next.text()));
    probes.latest.addFirst(says);
    moments.remove(next);
    moments.add(says);
    changes.put(says.id(), says);
  }

  private long oldestOrder() {
    return end == null ? now().minus(WINDOW).getEpochSecond() : Long.MIN_VALUE;
  }

  private void forgetOld() {
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

  /** What was just taken out of {@link #moments}. */
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
    forgetIfOver(row);
  }

  private void fold(Row row, Moment moment) {
    if (moment.order() >= row.folded) {
      row.folded = moment.order();
      row.lane = row.lane.after(moment);
      changes.put(row.changed, row.lane);
    }
  }

  private void forgetIfOver(Row row) {
    if (row.gone && row.kept == 0) {
      rows.remove(row.lane.uid());
      changes.remove(row.changed);
    }
  }

  /** For one more lane: the oldest whose object is gone gives way, or else the oldest. */
  private void makeRoom(boolean pod) {
    List<Row> same = rows.values().stream().filter(row -> row.lane.isPod() == pod).toList();
    if (same.size() < MOST_PODS) {
      return;
    }
    Row oldest = same.stream().filter(row -> row.gone).findFirst().orElse(same.get(0));
    String uid = oldest.lane.uid();
    List<Moment> lost = moments.stream().filter(moment -> moment.lane().equals(uid)).toList();
    lost.forEach(moments::remove);
    for (Moment moment : lost) {
      changes.remove(moment.id());
      since = later(since, moment.time());
    }
    dropped += lost.size();
    rows.remove(uid);
    changes.remove(oldest.changed);
    if (!oldest.gone) {
      evicted.add(uid);
      if (evicted.size() > MOST_EVICTED) {
        evicted.remove(evicted.iterator().next());
      }
    }
  }

  /** All that is known now. */
  public Recording recording() {
    return snapshot().recording();
  }

  synchronized Snapshot snapshot() {
    forgetOld();
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

  /** What a client that follows is told every second. */
  synchronized Status status() {
    forgetOld();
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
   * What has changed since, in order, and each lane before the first moment of it.
   *
   * @param after the number of the last moment that the client has
   * @param known up to which change it has all lanes
   * @param most how many changes it can take
   */
  synchronized Changes changes(long after, long known, int most) {
    List<Change> list = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (Map.Entry<Long, Change> change : changes.tailMap(after, false).entrySet()) {
      if (change.getValue() instanceof Lane lane) {
        if (change.getKey() > known && told.add(lane.uid())) {
          list.add(lane);
        }
      } else if (change.getValue() instanceof Moment moment) {
        Row row = rows.get(moment.lane());
        if (row.created > Math.max(after, known) && told.add(moment.lane())) {
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

  /** Shows a recording, and nothing else from then on. */
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
