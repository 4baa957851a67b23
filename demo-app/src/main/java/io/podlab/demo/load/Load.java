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
 * Sends requests when they are due, however long others take (an open loop), and prints what
 * happens to them.
 */
public final class Load {
  /**
   * How long a request may take, from the lookup of the name to the end of the answer. With kept
   * connections it may before wait as long for one of them.
   */
  static final Duration LIMIT = Duration.ofSeconds(5);

  /** So that a server that hangs does not take the memory of its client. */
  static final int MOST_UNDER_WAY = 500;

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final LoadPlan plan;
  private final PrintWriter out;
  private final Clock clock;
  private final int mostUnderWay;
  private final Duration limit;
  private final Sender sender;
  private final Tally tally = new Tally();
  private final CountDownLatch stop = new CountDownLatch(1);

  public Load(LoadPlan plan, PrintWriter out, Clock clock) {
    this(plan, out, clock, MOST_UNDER_WAY, LIMIT);
  }

  Load(LoadPlan plan, PrintWriter out, Clock clock, int mostUnderWay, Duration limit) {
    this(plan, out, clock, mostUnderWay, limit, sender(plan, limit));
  }

  Load(
      LoadPlan plan,
      PrintWriter out,
      Clock clock,
      int mostUnderWay,
      Duration limit,
      Sender sender) {
    this.plan = plan;
    this.out = out;
    this.clock = clock;
    this.mostUnderWay = mostUnderWay;
    this.limit = limit;
    this.sender = sender;
  }

  private static Sender sender(LoadPlan plan, Duration limit) {
    Addresses addresses = Addresses.of(plan.target());
    return plan.keepAlive()
        ? new KeptConnections(plan.target(), addresses, limit, limit)
        : new NewConnections(plan.target(), addresses, limit);
  }

  /** Sends no further requests; those under way are waited for. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Returns when the last request is answered or has failed, and all is printed.
   *
   * @return whether all requests that were due were sent, and answered with a status below 400
   */
  public boolean run() throws InterruptedException {
    print(
        "%s sends %d %s/s for %s to %s, %s; times are UTC"
            .formatted(
                Tally.time(clock.instant()),
                plan.rate(),
                plan.rate() == 1 ? "request" : "requests",
                GoDuration.format(plan.time()),
                plan.target().url(),
                plan.keepAlive()
                    ? "over %d connections that stay open".formatted(KeptConnections.SIZE)
                    : "each over a new connection"));
    ThreadPoolExecutor requests =
        new ThreadPoolExecutor(
            0,
            mostUnderWay,
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
    // The last request, too, has its share of the time.
    stopped = stopped || isStoppedBy(begin + plan.time().toNanos());
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    if (stopped) {
      print(
          "%s told to stop; waits for the requests that are under way"
              .formatted(Tally.time(clock.instant())));
    }
    requests.shutdown();
    // Each waits no longer than the limit, and takes no longer, so this ends.
    requests.awaitTermination(3 * limit.toMillis(), TimeUnit.MILLISECONDS);
    sender.close();
    synchronized (tally) {
      Optional<Long> opened =
          sender instanceof KeptConnections kept ? Optional.of(kept.opened()) : Optional.empty();
      tally.summary(plan, time, opened).forEach(this::print);
      return tally.isPerfect();
    }
  }

  /** Waits until then, or until it is to stop. */
  private boolean isStoppedBy(long due) throws InterruptedException {
    return stop.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void start(ThreadPoolExecutor requests) {
    try {
      requests.execute(this::send);
    } catch (RejectedExecutionException full) {
      notSent("%d requests were under way".formatted(mostUnderWay));
    }
  }

  private void send() {
    try {
      Answer answer = sender.send();
      synchronized (tally) {
        tally.add(answer, clock.instant()).ifPresent(this::print);
        if (plan.keepAlive() && !answer.keepsConnection()) {
          tally.closing(answer, clock.instant()).ifPresent(this::print);
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
    synchronized (tally) {
      tally.failed(why, clock.instant()).ifPresent(this::print);
    }
  }

  private void notSent(String why) {
    synchronized (tally) {
      tally.notSent(why, clock.instant()).ifPresent(this::print);
    }
  }

  private void print(String line) {
    out.println(Printable.line(line));
  }
}
