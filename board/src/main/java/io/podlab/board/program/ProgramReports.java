package io.podlab.board.program;

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

/** Follows the running programs: the newest ones, at most {@value #MOST}. */
@Singleton
final class ProgramReports implements PodListener {
  static final int MOST = 50;

  private static final Duration RETRY = Duration.ofMinutes(1);

  private static final Logger LOG = Logger.getLogger(ProgramReports.class);

  private final Supplier<Optional<Transport>> transports;
  private final Consumer<Observed> timeline;
  private final Supplier<Instant> now;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, ProgramReports::thread);

  /** By pod UID. */
  private final Map<String, Run> running = new HashMap<>();

  private final Map<String, ProgramFollower> followed = new HashMap<>();
  private final Set<Run> givenUp = new HashSet<>();

  /** The last reports of each run, so that a program that is followed again repeats nothing. */
  private final Map<Run, Map<String, Long>> lastReports = new HashMap<>();

  private final Duration retry;
  private final Set<String> forbidden = new HashSet<>();
  private final Set<String> loggedForbidden = new HashSet<>();
  private Optional<Transport> transport;
  private boolean loggedTooMany;

  @Inject
  ProgramReports(
      ProgramConfig config, Instance<KubernetesClient> client, Vertx vertx, Timeline timeline) {
    this(() -> transport(config.inside(), client, vertx), timeline::add, timeline::now, RETRY);
  }

  /**
   * @param transports called at the first pod, because there may be no cluster
   * @param retry the wait before another attempt in a forbidden namespace
   */
  ProgramReports(
      Supplier<Optional<Transport>> transports,
      Consumer<Observed> timeline,
      Supplier<Instant> now,
      Duration retry) {
    this.transports = transports;
    this.timeline = timeline;
    this.now = now;
    this.retry = retry;
    thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    thread.setRemoveOnCancelPolicy(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "board-programs");
    thread.setDaemon(true);
    return thread;
  }

  private static Optional<Transport> transport(
      ProgramConfig.Access access, Instance<KubernetesClient> client, Vertx vertx) {
    return switch (access) {
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
      lastReports.remove(before);
      update();
    }
  }

  private void update() {
    if (transport == null) {
      transport = transports.get();
    }
    List<Run> newest =
        running.values().stream()
            .filter(run -> !givenUp.contains(run) && !forbidden.contains(run.namespace()))
            .sorted(Comparator.comparing(Run::started).reversed())
            .toList();
    if (newest.size() > MOST && !loggedTooMany) {
      loggedTooMany = true;
      LOG.infof("more than %d programs report their own moments; following the newest", MOST);
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
    Map<String, Long> last = lastReports.computeIfAbsent(run, first -> new HashMap<>());
    ProgramFollower following =
        new ProgramFollower(run, last, found, thread, now, new FollowerListener());
    followed.put(run.uid(), following);
    following.start();
  }

  private void allow(String namespace) {
    forbidden.remove(namespace);
    update();
  }

  private final class FollowerListener implements ProgramFollower.Listener {
    @Override
    public void observed(Observed observed) {
      timeline.accept(observed);
    }

    @Override
    public void givenUp(Run run, String why) {
      LOG.debugf("not following %s/%s: %s", run.namespace(), run.pod(), why);
      if (run.equals(running.get(run.uid()))) {
        givenUp.add(run);
        update();
      }
    }

    @Override
    public void forbidden(String namespace) {
      forbidden.add(namespace);
      thread.schedule(() -> allow(namespace), retry.toMillis(), TimeUnit.MILLISECONDS);
      if (loggedForbidden.add(namespace)) {
        LOG.infof(
            "not showing reports of programs in namespace %s: no permission to get pods/proxy",
            namespace);
      }
      update();
    }
  }

  @PreDestroy
  void stop() {
    thread.execute(() -> followed.values().forEach(ProgramFollower::close));
    thread.shutdown();
  }
}
