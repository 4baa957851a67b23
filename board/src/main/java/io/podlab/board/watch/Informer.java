package io.podlab.board.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * Lists and watches the objects of one kind in one namespace. It does what fabric8's own informer
 * does, with fabric8's list and watch, and tells two things more, which the drawing depends on:
 * whether it was a watch that told of a change or a list that shows it, and whether the watch is
 * there now. After an interruption it goes on where it was, so that nothing is left out; only if
 * the API server no longer knows that far back (410) it lists again.
 *
 * <p>A connection can die without a word: a NAT or a VPN forgets it, and to this end it looks like
 * one on which nothing happens. So each watch is asked to end after a while and the next goes on
 * where it was; one that does not end is dead.
 */
final class Informer<T extends HasMetadata> implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Informer.class);

  /** A long list comes in pages, so that it is not in memory as a whole. */
  private static final long PAGE = 100;

  /**
   * In seconds. A dead connection is found only after that; but each end costs the API server and
   * this side a TLS handshake. Load balancers end what is idle after 60 seconds.
   */
  private static final int SHORTEST_LIFE = 30;

  /** They all begin at once, and must not all end at once. */
  private static final int SPREAD = 16;

  /** How late the end of a watch, or the begin of the next, may be. */
  private static final Duration OVERDUE = Duration.ofSeconds(10);

  /** An end that comes before this much of its time is left was not asked for. */
  private static final Duration EARLY = Duration.ofSeconds(1);

  private static final long AGAIN_MILLISECONDS = 500;
  private static final long AGAIN_AFTER_REFUSAL_MILLISECONDS = 2_000;

  private final KubernetesClient client;
  private final Watched<T> watched;
  private final String namespace;
  private final ScheduledExecutorService executor;
  private final Clock clock;
  private final IntSupplier life;
  private final Listener<T> listener;

  /** By UID. */
  private final Map<String, T> objects;

  /** One attempt to connect after the other. */
  private final Object attempt = new Object();

  /** Up to which all is told; null before the first list. */
  private volatile String resourceVersion;

  private Watch watch;
  private OneWatch current;

  /** The last one that was there, or is; null before the first. */
  private OneWatch latest;

  private boolean closed;
  private volatile boolean watching;

  /** Whether the last watch ended as it was asked to, and the next has not begun. */
  private volatile boolean moving;

  private volatile Optional<Refusal> refusal = Optional.empty();

  /** All calls come one after the other. */
  interface Listener<T> {
    void changed(Delta<T> delta);

    /** All objects that there were are told. */
    default void listed() {}
  }

  /**
   * Why there is no watch.
   *
   * @param denied whether the account has no right to it, or the API server does not have it
   */
  record Refusal(String why, boolean denied) {}

  /**
   * What it watches.
   *
   * @param most how many objects it remembers; of those beyond, the oldest is taken for new when it
   *     changes
   * @param strip takes out of an object what nobody here needs
   * @param shrink takes out of an object that is told what the next change of it does not need
   * @param endless whether there are API servers that do not end a watch on it, though they are
   *     asked to: then it is ended from here, and nothing tells that its connection is dead
   */
  record Watched<T>(
      Class<T> type,
      String plural,
      int most,
      Consumer<? super T> strip,
      Consumer<? super T> shrink,
      boolean endless) {}

  /**
   * @param life how many seconds the next watch is to last
   */
  Informer(
      KubernetesClient client,
      Watched<T> watched,
      String namespace,
      ScheduledExecutorService executor,
      Clock clock,
      IntSupplier life,
      Listener<T> listener) {
    this.client = client;
    this.watched = watched;
    this.namespace = namespace;
    this.executor = executor;
    this.clock = clock;
    this.life = life;
    this.listener = listener;
    this.objects =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > watched.most();
          }
        };
  }

  String plural() {
    return watched.plural();
  }

  boolean isWatching() {
    return watching;
  }

  /** Empty while it is watching or about to. */
  Optional<Refusal> refusal() {
    return refusal;
  }

  /** How many seconds a watch lasts: another number each time. */
  static int anyLife() {
    return SHORTEST_LIFE + ThreadLocalRandom.current().nextInt(SPREAD);
  }

  /** Whether nothing is missed, as far as can be known. */
  synchronized boolean isSeeing() {
    return (watching || moving) && !isOverdue();
  }

  /** Whether the connection no longer works, though nobody has closed it. */
  synchronized boolean isDead() {
    return watching && isOverdue();
  }

  private boolean isOverdue() {
    return clock.instant().isAfter(latest.due);
  }

  /** When something last came, if it was only the end of a watch. Empty before the first watch. */
  synchronized Optional<Instant> lastSign() {
    return Optional.ofNullable(latest).map(one -> one.heard);
  }

  void start() {
    schedule(0);
  }

  private void schedule(long milliseconds) {
    schedule(this::connect, milliseconds);
  }

  private void schedule(Runnable work, long milliseconds) {
    try {
      executor.schedule(work, milliseconds, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException shutdown) {
      LOG.debug("no more watches are opened", shutdown);
    }
  }

  /** The connection may be dead without anybody having said so. */
  synchronized void reconnect() {
    if (watching) {
      end();
      schedule(0);
    }
  }

  private void connect() {
    synchronized (attempt) {
      if (!isClosed() && !watching) {
        tryToConnect();
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void tryToConnect() {
    try {
      if (resourceVersion == null) {
        list();
      }
      open();
      refusal = Optional.empty();
    } catch (KubernetesClientException e) {
      failed(e);
    } catch (RuntimeException e) {
      LOG.errorf(e, "watching %s in namespace %s failed", watched.plural(), namespace);
      schedule(AGAIN_AFTER_REFUSAL_MILLISECONDS);
    }
  }

  private void failed(KubernetesClientException e) {
    moving = false;
    if (e.getCode() == HttpURLConnection.HTTP_GONE) {
      resourceVersion = null;
      schedule(AGAIN_MILLISECONDS);
      return;
    }
    boolean denied =
        e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
            || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    refusal = Optional.of(new Refusal(why(e), denied));
    if (denied) {
      // What is missed meanwhile may be much.
      resourceVersion = null;
    }
    schedule(denied ? AGAIN_AFTER_REFUSAL_MILLISECONDS : AGAIN_MILLISECONDS);
  }

  private String why(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "not allowed to %s %s in namespace %s"
              .formatted(resourceVersion == null ? "list" : "watch", watched.plural(), namespace);
      case HttpURLConnection.HTTP_NOT_FOUND -> "the API server does not have " + watched.plural();
      default -> Problems.sentence(e, client);
    };
  }

  private void list() {
    Set<String> listed = new HashSet<>();
    String next = null;
    String version;
    do {
      ListOptions options = new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build();
      KubernetesResourceList<T> page =
          client.resources(watched.type()).inNamespace(namespace).list(options);
      for (T object : page.getItems()) {
        listed.add(object.getMetadata().getUid());
        put(object, false);
      }
      next = page.getMetadata().getContinue();
      version = page.getMetadata().getResourceVersion();
    } while (next != null && !next.isEmpty());
    List<String> gone = objects.keySet().stream().filter(uid -> !listed.contains(uid)).toList();
    gone.forEach(uid -> tell(Optional.of(objects.remove(uid)), Optional.empty(), false));
    listener.listed();
    resourceVersion = version;
  }

  private void put(T object, boolean told) {
    watched.strip().accept(object);
    Optional<T> before = Optional.ofNullable(objects.put(object.getMetadata().getUid(), object));
    if (before.filter(one -> version(one).equals(version(object))).isEmpty()) {
      tell(before, Optional.of(object), told);
    }
    watched.shrink().accept(object);
  }

  private static String version(HasMetadata object) {
    return String.valueOf(object.getMetadata().getResourceVersion());
  }

  /** What goes wrong with one object must not end the watch. */
  private void tell(Optional<T> before, Optional<T> after, boolean told) {
    try {
      listener.changed(new Delta<>(before, after, told));
    } catch (RuntimeException e) {
      LOG.errorf(
          e, "a change of %s in namespace %s was not understood", watched.plural(), namespace);
    }
  }

  private void open() {
    int seconds = life.getAsInt();
    OneWatch opened = new OneWatch(Duration.ofSeconds(seconds));
    synchronized (this) {
      current = opened;
    }
    Watch open =
        client
            .resources(watched.type())
            .inNamespace(namespace)
            .watch(
                new ListOptionsBuilder()
                    .withResourceVersion(resourceVersion)
                    .withAllowWatchBookmarks(true)
                    .withTimeoutSeconds(watched.endless() ? null : (long) seconds)
                    .build(),
                opened);
    synchronized (this) {
      if (closed || current != opened) {
        open.close();
      } else {
        watch = open;
        latest = opened;
        watching = true;
        if (watched.endless()) {
          schedule(() -> move(opened), TimeUnit.SECONDS.toMillis(seconds));
        }
      }
    }
  }

  private synchronized void move(OneWatch from) {
    if (current == from) {
      end();
      from.due = clock.instant().plus(OVERDUE);
      moving = true;
      schedule(0);
    }
  }

  /** One connection. */
  private final class OneWatch implements Watcher<T> {
    private Instant heard = clock.instant();
    private final Instant end;

    /** When there has to be another sign of life. */
    private Instant due;

    OneWatch(Duration life) {
      end = heard.plus(life);
      due = end.plus(OVERDUE);
    }

    @Override
    public void eventReceived(Action action, T object) {
      synchronized (Informer.this) {
        if (current == this) {
          heard = clock.instant();
          changed(action, object);
        }
      }
    }

    @Override
    public void onClose() {
      lost(Optional.empty());
    }

    @Override
    public void onClose(WatcherException cause) {
      lost(Optional.of(cause));
    }

    private void lost(Optional<WatcherException> cause) {
      synchronized (Informer.this) {
        if (current != this) {
          return;
        }
        end();
        latest = this;
        heard = clock.instant();
        due = heard.plus(OVERDUE);
        boolean gone = cause.filter(WatcherException::isHttpGone).isPresent();
        if (gone) {
          resourceVersion = null;
        }
        // The client gives a cause of either end.
        moving = !gone && !heard.isBefore(end.minus(EARLY));
        schedule(cause.isPresent() && !moving ? AGAIN_MILLISECONDS / 5 : 0);
      }
    }
  }

  private void changed(Watcher.Action action, T object) {
    switch (action) {
      case ADDED, MODIFIED -> put(object, true);
      case DELETED -> {
        put(object, true);
        objects.remove(object.getMetadata().getUid());
        tell(Optional.of(object), Optional.empty(), true);
      }
      case BOOKMARK, ERROR -> {}
    }
    if (action != Watcher.Action.ERROR) {
      resourceVersion = object.getMetadata().getResourceVersion();
    }
  }

  private void end() {
    watching = false;
    moving = false;
    current = null;
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    end();
  }
}
