package io.podlab.board.inside;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.podlab.board.moment.Observed;
import io.podlab.board.timeline.Timeline;
import io.podlab.board.watch.PodListener;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Follows the programs that run: at most {@value #MOST}, the newest. */
@Singleton
final class Inside implements PodListener {
  static final int MOST = 50;

  private static final Duration RETRY = Duration.ofMinutes(1);

  private static final Logger LOG = Logger.getLogger(Inside.class);

  private final Supplier<Optional<Transport>> way;
  private final Consumer<Observed> timeline;
  private final Supplier<Instant> now;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Inside::thread);

  /** By the UID of their pod. */
  private final Map<String, Run> running = new HashMap<>();

  private final Map<String, Following> followed = new HashMap<>();
  private final Set<Run> givenUp = new HashSet<>();

  /** What was told last of each run, so that one that is followed again tells nothing twice. */
  private final Map<Run, Map<String, Long>> told = new HashMap<>();

  private final Duration retry;
  private final Set<String> forbidden = new HashSet<>();
  private final Set<String> saidForbidden = new HashSet<>();
  private Optional<Transport> transport;
  private boolean saidTooMany;

  @Inject
  Inside(InsideConfig config, Instance<KubernetesClient> client, Vertx vertx, Timeline timeline) {
    this(() -> transport(config.inside(), client, vertx), timeline::add, timeline::now, RETRY);
  }

  /**
   * @param way asked when the first pod is told, since there may never be a cluster
   * @param retry after which a namespace that is forbidden is tried again
   */
  Inside(
      Supplier<Optional<Transport>> way,
      Consumer<Observed> timeline,
      Supplier<Instant> now,
      Duration retry) {
    this.way = way;
    this.timeline = timeline;
    this.now = now;
    this.retry = retry;
    thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    thread.setRemoveOnCancelPolicy(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "board-inside");
    thread.setDaemon(true);
    return thread;
  }

  private static Optional<Transport> transport(
      InsideConfig.Way way, Instance<KubernetesClient> client, Vertx vertx) {
    return switch (way) {
      case OFF -> Optional.empty();
      case DIRECT -> Optional.of(new DirectTransport(vertx));
      case PROXY -> Optional.of(new ProxyTransport(client.get()));
      case AUTO ->
          Optional.of(isInPod() ? new DirectTransport(vertx) : new ProxyTransport(client.get()));
    };
  }

  private static boolean isInPod() {
    return Files.exists(Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH));
  }

  @Override
  public void changed(Pod pod) {
    Optional<Run> run = Run.of(pod);
    String uid = pod.getMetadata().getUid();
    thread.execute(() -> set(uid, run));
  }

  @Override
  public void gone(Pod pod) {
    String uid = pod.getMetadata().getUid();
    thread.execute(() -> set(uid, Optional.empty()));
  }

  private void set(String uid, Optional<Run> run) {
    Run before = run.isPresent() ? running.put(uid, run.get()) : running.remove(uid);
    if (before == null ? run.isPresent() : !run.equals(Optional.of(before))) {
      givenUp.remove(before);
      told.remove(before);
      arrange();
    }
  }

  private void arrange() {
    if (transport == null) {
      transport = way.get();
    }
    List<Run> newest =
        running.values().stream()
            .filter(run -> !givenUp.contains(run) && !forbidden.contains(run.namespace()))
            .sorted(Comparator.comparing(Run::started).reversed())
            .toList();
    if (newest.size() > MOST && !saidTooMany) {
      saidTooMany = true;
      LOG.infof("more than %d programs report about themselves; the newest are followed", MOST);
    }
    List<Run> wanted = newest.subList(0, Math.min(MOST, newest.size()));
    followed
        .values()
        .removeIf(
            following -> {
              Run run = following.run();
              boolean runs = run.equals(running.get(run.uid()));
              if (!runs) {
                following.end();
              } else if (!wanted.contains(run)) {
                following.close();
              }
              return !runs || !wanted.contains(run);
            });
    transport.ifPresent(
        found ->
            wanted.stream()
                .filter(run -> !followed.containsKey(run.uid()))
                .forEach(run -> follow(run, found)));
  }

  private void follow(Run run, Transport found) {
    Map<String, Long> last = told.computeIfAbsent(run, first -> new HashMap<>());
    Following following = new Following(run, last, found, thread, now, new Told());
    followed.put(run.uid(), following);
    following.start();
  }

  private void allow(String namespace) {
    forbidden.remove(namespace);
    arrange();
  }

  private final class Told implements Following.Listener {
    @Override
    public void observed(Observed observed) {
      timeline.accept(observed);
    }

    @Override
    public void givenUp(Run run, String why) {
      LOG.debugf("%s/%s is not followed: %s", run.namespace(), run.pod(), why);
      if (run.equals(running.get(run.uid()))) {
        givenUp.add(run);
        arrange();
      }
    }

    @Override
    public void forbidden(String namespace) {
      forbidden.add(namespace);
      thread.schedule(() -> allow(namespace), retry.toMillis(), TimeUnit.MILLISECONDS);
      if (saidForbidden.add(namespace)) {
        LOG.infof(
            "what programs in namespace %s report is not shown: no right to get pods/proxy",
            namespace);
      }
      arrange();
    }
  }

  @PreDestroy
  void stop() {
    thread.execute(() -> followed.values().forEach(Following::close));
    thread.shutdown();
  }
}
