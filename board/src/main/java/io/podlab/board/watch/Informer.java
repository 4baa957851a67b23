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
 * Lists and watches the objects of one kind in one namespace. Unlike fabric8's informer, it reports
 * whether a change comes from a watch or from a list, and whether the watch is connected; the
 * drawing needs both. After an interruption it continues at the last resource version, so it misses
 * nothing. If the API server no longer has that version (410), it lists again.
 *
 * <p>A connection can break without notice, for example in a NAT or a VPN, and then looks like a
 * connection without events. Therefore each watch has a timeout, after which the next one
 * continues. A watch that does not end in time is dead.
 */
final class Informer<T extends HasMetadata> implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Informer.class);

  /** The page size of lists, so that a long list need not be in memory as a whole. */
  private static final long PAGE = 100;

  /**
   * In seconds. A longer lifetime delays the detection of a dead connection; a shorter one costs
   * more TLS handshakes. Load balancers close idle connections after 60 seconds.
   */
  private static final int SHORTEST_LIFETIME = 30;

  /** In seconds, added at random, so that watches that start together do not end together. */
  private static final int SPREAD = 16;

  /** The maximum delay of the end of a watch, and of the start of the next one. */
  private static final Duration OVERDUE = Duration.ofSeconds(10);

  /** A watch that ends earlier than this before its timeout was interrupted. */
  private static final Duration EARLY = Duration.ofSeconds(1);

  private static final long RETRY_MILLISECONDS = 500;
  private static final long RETRY_AFTER_REFUSAL_MILLISECONDS = 2_000;

  private final KubernetesClient client;
  private final Watched<T> watched;
  private final String namespace;
  private final ScheduledExecutorService executor;
  private final Clock clock;
  private final IntSupplier lifetime;
  private final Listener<T> listener;

  /** By UID. */
  private final Map<String, T> objects;

  /** Serializes attempts to connect. */
  private final Object attempt = new Object();

  /** The last resource version that the listener got; null before the first list. */
  private volatile String resourceVersion;

  private Watch watch;
  private OneWatch current;

  /** The current or the previous watch; null before the first one. */
  private OneWatch latest;

  private boolean closed;
  private volatile boolean watching;

  /** Whether the last watch ended with its timeout and the next one has not started yet. */
  private volatile boolean renewing;

  private volatile Optional<Refusal> refusal = Optional.empty();

  /** Gets changes, one call at a time. */
  interface Listener<T> {
    void changed(Delta<T> delta);

    /** Called after a list, when all listed objects were reported. */
    default void listed() {}
  }

  /**
   * Why there is no watch.
   *
   * @param denied whether the account lacks the permission, or the API server does not serve the
   *     kind
   */
  record Refusal(String why, boolean denied) {}

  /**
   * The kind of objects to watch.
   *
   * @param most the number of objects to remember; a forgotten one counts as new when it changes
   * @param strip removes unused parts of a received object
   * @param shrink removes parts that are unused after the object was reported
   * @param endless whether some API servers ignore the timeout of a watch on this kind; the board
   *     then ends the watch itself, and cannot detect a dead connection
   */
  record Watched<T>(
      Class<T> type,
      String plural,
      int most,
      Consumer<? super T> strip,
      Consumer<? super T> shrink,
      boolean endless) {}

  /**
   * @param lifetime the duration of the next watch, in seconds
   */
  Informer(
      KubernetesClient client,
      Watched<T> watched,
      String namespace,
      ScheduledExecutorService executor,
      Clock clock,
      IntSupplier lifetime,
      Listener<T> listener) {
    this.client = client;
    this.watched = watched;
    this.namespace = namespace;
    this.executor = executor;
    this.clock = clock;
    this.lifetime = lifetime;
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

  /** Empty while the watch is connected or connecting. */
  Optional<Refusal> refusal() {
    return refusal;
  }

  /** A random lifetime of a watch, in seconds. */
  static int randomLifetime() {
    return SHORTEST_LIFETIME + ThreadLocalRandom.current().nextInt(SPREAD);
  }

  /** Whether the informer misses no changes, as far as it can know. */
  synchronized boolean isUpToDate() {
    return (watching || renewing) && !isOverdue();
  }

  /** Whether the connection no longer works, although neither side closed it. */
  synchronized boolean isDead() {
    return watching && isOverdue();
  }

  private boolean isOverdue() {
    return clock.instant().isAfter(latest.due);
  }

  /** The time of the last event or end of a watch; empty before the first watch. */
  synchronized Optional<Instant> lastHeard() {
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
      LOG.debug("not opening a watch during shutdown", shutdown);
    }
  }

  /** Replaces the connection, which may be dead. */
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
      schedule(RETRY_AFTER_REFUSAL_MILLISECONDS);
    }
  }

  private void failed(KubernetesClientException e) {
    renewing = false;
    if (e.getCode() == HttpURLConnection.HTTP_GONE) {
      resourceVersion = null;
      schedule(RETRY_MILLISECONDS);
      return;
    }
    boolean denied =
        e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
            || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    refusal = Optional.of(new Refusal(why(e), denied));
    if (denied) {
      // List again later: many changes can be missed meanwhile.
      resourceVersion = null;
    }
    schedule(denied ? RETRY_AFTER_REFUSAL_MILLISECONDS : RETRY_MILLISECONDS);
  }

  private String why(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "no permission to %s %s in namespace %s"
              .formatted(resourceVersion == null ? "list" : "watch", watched.plural(), namespace);
      case HttpURLConnection.HTTP_NOT_FOUND -> "the API server does not serve " + watched.plural();
      default -> ApiErrors.describe(e, client);
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
    gone.forEach(uid -> report(Optional.of(objects.remove(uid)), Optional.empty(), false));
    listener.listed();
    resourceVersion = version;
  }

  private void put(T object, boolean fromWatch) {
    watched.strip().accept(object);
    Optional<T> before = Optional.ofNullable(objects.put(object.getMetadata().getUid(), object));
    if (before.filter(one -> version(one).equals(version(object))).isEmpty()) {
      report(before, Optional.of(object), fromWatch);
    }
    watched.shrink().accept(object);
  }

  private static String version(HasMetadata object) {
    return String.valueOf(object.getMetadata().getResourceVersion());
  }

  /** A failure with one object must not end the watch. */
  private void report(Optional<T> before, Optional<T> after, boolean fromWatch) {
    try {
      listener.changed(new Delta<>(before, after, fromWatch));
    } catch (RuntimeException e) {
      LOG.errorf(e, "cannot process a change of %s in namespace %s", watched.plural(), namespace);
    }
  }

  private void open() {
    int seconds = lifetime.getAsInt();
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
          schedule(() -> renew(opened), TimeUnit.SECONDS.toMillis(seconds));
        }
      }
    }
  }

  private synchronized void renew(OneWatch old) {
    if (current == old) {
      end();
      old.due = clock.instant().plus(OVERDUE);
      renewing = true;
      schedule(0);
    }
  }

  /** One connection. */
  private final class OneWatch implements Watcher<T> {
    private Instant heard = clock.instant();
    private final Instant end;

    /** The deadline for the next event or the end. */
    private Instant due;

    OneWatch(Duration lifetime) {
      end = heard.plus(lifetime);
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
        // The client passes a cause for a regular end, too.
        renewing = !gone && !heard.isBefore(end.minus(EARLY));
        schedule(cause.isPresent() && !renewing ? RETRY_MILLISECONDS / 5 : 0);
      }
    }
  }

  private void changed(Watcher.Action action, T object) {
    switch (action) {
      case ADDED, MODIFIED -> put(object, true);
      case DELETED -> {
        put(object, true);
        objects.remove(object.getMetadata().getUid());
        report(Optional.of(object), Optional.empty(), true);
      }
      case BOOKMARK, ERROR -> {}
    }
    if (action != Watcher.Action.ERROR) {
      resourceVersion = object.getMetadata().getResourceVersion();
    }
  }

  private void end() {
    watching = false;
    renewing = false;
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
