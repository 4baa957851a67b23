package io.podlab.demo.load;

import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.text.Printable;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests on schedule, regardless of slow answers (an open loop), and prints the results.
 */
public final class Load {
  /**
   * Time limit of a request, from the DNS lookup to the end of the answer. With kept connections,
   * the wait for a connection has the same limit in addition.
   */
  static final Duration LIMIT = Duration.ofSeconds(5);

  /** Limits the memory of the client while a server hangs. */
  static final int MOST_IN_FLIGHT = 500;

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final LoadPlan plan;
  private final PrintWriter out;
  private final Clock clock;
  private final int mostInFlight;
  private final Duration limit;
  private final Sender sender;
  private final LoadStatistics statistics = new LoadStatistics();
  private final CountDownLatch stop = new CountDownLatch(1);

  public Load(LoadPlan plan, PrintWriter out, Clock clock) {
    this(plan, out, clock, MOST_IN_FLIGHT, LIMIT);
  }

  Load(LoadPlan plan, PrintWriter out, Clock clock, int mostInFlight, Duration limit) {
    this(plan, out, clock, mostInFlight, limit, sender(plan, limit));
  }

  Load(
      LoadPlan plan,
      PrintWriter out,
      Clock clock,
      int mostInFlight,
      Duration limit,
      Sender sender) {
    this.plan = plan;
    this.out = out;
    this.clock = clock;
    this.mostInFlight = mostInFlight;
    this.limit = limit;
    this.sender = sender;
  }

  private static Sender sender(LoadPlan plan, Duration limit) {
    Addresses addresses = Addresses.of(plan.target());
    return plan.keepAlive()
        ? new KeptConnections(plan.target(), addresses, limit, limit)
        : new NewConnections(plan.target(), addresses, limit);
  }

  /** Stops sending; requests in flight can finish. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Sends all requests and prints the results.
   *
   * @return whether all requests were sent and answered with a status below 400
   */
  public boolean run() throws InterruptedException {
    print(
        "%s sending %d %s/s for %s to %s, %s; times are UTC"
            .formatted(
                LoadStatistics.time(clock.instant()),
                plan.rate(),
                plan.rate() == 1 ? "request" : "requests",
                GoDuration.format(plan.time()),
                plan.target().url(),
                plan.keepAlive()
                    ? "over %d open connections".formatted(KeptConnections.SIZE)
                    : "each over a new connection"));
    ThreadPoolExecutor requests =
        new ThreadPoolExecutor(
            0,
            mostInFlight,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "request");
              thread.setDaemon(true);
              return thread;
            });
    long begin = System.nanoTime();
    boolean stopped = false;
    for (long request = 0; request < plan.requests() && !stopped; request++) {
      stopped = isStoppedBy(begin + plan.dueAfter(request));
      if (!stopped) {
        start(requests);
      }
    }
    // Wait also for the interval after the last request.
    stopped = stopped || isStoppedBy(begin + plan.time().toNanos());
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    if (stopped) {
      print(
          "%s stopping; waiting for the requests in flight"
              .formatted(LoadStatistics.time(clock.instant())));
    }
    requests.shutdown();
    // Ends: each request has a limit for its wait, and the same limit for its answer.
    requests.awaitTermination(3 * limit.toMillis(), TimeUnit.MILLISECONDS);
    sender.close();
    synchronized (statistics) {
      Optional<Long> opened =
          sender instanceof KeptConnections kept ? Optional.of(kept.opened()) : Optional.empty();
      statistics.summary(plan, time, opened).forEach(this::print);
      return statistics.isPerfect();
    }
  }

  /** Waits until the given time; true if stopped earlier. */
  private boolean isStoppedBy(long due) throws InterruptedException {
    return stop.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void start(ThreadPoolExecutor requests) {
    try {
      requests.execute(this::send);
    } catch (RejectedExecutionException full) {
      notSent("%d requests were in flight".formatted(mostInFlight));
    }
  }

  private void send() {
    try {
      Answer answer = sender.send();
      synchronized (statistics) {
        statistics.add(answer, clock.instant()).ifPresent(this::print);
        if (plan.keepAlive() && !answer.keepsConnection()) {
          statistics.closing(answer, clock.instant()).ifPresent(this::print);
        }
      }
    } catch (NotSent notSent) {
      notSent(notSent.getMessage());
    } catch (RequestFailure failure) {
      failed(failure.getMessage());
    } catch (RuntimeException unexpected) {
      failed("internal error of this client: " + unexpected.getClass().getSimpleName());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void failed(String why) {
    synchronized (statistics) {
      statistics.failed(why, clock.instant()).ifPresent(this::print);
    }
  }

  private void notSent(String why) {
    synchronized (statistics) {
      statistics.notSent(why, clock.instant()).ifPresent(this::print);
    }
  }

  private void print(String line) {
    out.println(Printable.line(line));
  }
}
