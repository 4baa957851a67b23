package io.podlab.board.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.board.moment.Observed;
import io.podlab.board.program.EventStream.ServerSent;
import java.io.ByteArrayOutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Follows one program while its container runs. Everything runs on one thread. The input is
 * limited, because any image can have the name of a known program.
 */
final class ProgramFollower {

  interface Listener {
    void observed(Observed observed);

    /** The program does not behave like demo-app or probe-target. */
    void givenUp(Run run, String why);

    /** The credential has no permission to get {@code pods/proxy} in the namespace. */
    void forbidden(String namespace);
  }

  static final long FIRST_WAIT_MILLISECONDS = 200;
  static final long LONGEST_WAIT_MILLISECONDS = 5000;

  /** The maximum delay of the last reports after the end of the container. */
  static final long LAST_REPORTS_MILLISECONDS = 5000;

  /** A connection that lasts this long resets the wait before the next attempt. */
  private static final long LASTING_SECONDS = 5;

  private static final Duration OVERVIEW_PATIENCE = Duration.ofSeconds(10);
  private static final long CHECK_SECONDS = 5;

  /** Three histories of 200 probes, and a reserve. */
  private static final int MOST_AT_ONCE = 800;

  /** Three probes with a period of one second, and one more report. */
  private static final int MOST_A_SECOND = 4;

  private static final long MOST_BYTES_AT_ONCE = 4 << 20;
  private static final long MOST_BYTES_A_SECOND = 64 << 10;

  private final Run run;
  private final Transport transport;
  private final ScheduledExecutorService thread;
  private final Supplier<Instant> now;
  private final Listener listener;
  private final Program program;
  private final Map<String, Long> last;
  private final List<Exchange> exchanges = new ArrayList<>();
  private final TokenBucket reports = new TokenBucket(MOST_AT_ONCE, MOST_A_SECOND);
  private final TokenBucket bytes = new TokenBucket(MOST_BYTES_AT_ONCE, MOST_BYTES_A_SECOND);
  private JsonNode overview;
  private ProgramClock clock = ProgramClock.UNKNOWN;
  private boolean ending;
  private boolean closed;

  /**
   * @param last the number of the last report of each topic of this run; the follower updates it
   */
  ProgramFollower(
      Run run,
      Map<String, Long> last,
      Transport transport,
      ScheduledExecutorService thread,
      Supplier<Instant> now,
      Listener listener) {
    this.run = run;
    this.last = last;
    this.transport = transport;
    this.thread = thread;
    this.now = now;
    this.listener = listener;
    this.program = Program.named(run.program());
  }

  Run run() {
    return run;
  }

  void start() {
    new Overview().connect();
  }

  /** The container ended: accepts reports that are on their way, but sends no further requests. */
  void end() {
    ending = true;
    if (exchanges.stream().noneMatch(exchange -> exchange.connection != null)) {
      close();
    } else {
      thread.schedule(this::close, LAST_REPORTS_MILLISECONDS, TimeUnit.MILLISECONDS);
    }
  }

  /** Closes all connections; the listener gets no further calls. */
  void close() {
    closed = true;
    List.copyOf(exchanges).forEach(Exchange::cancel);
    exchanges.clear();
  }

  private void giveUp(String why) {
    if (!closed) {
      close();
      listener.givenUp(run, why);
    }
  }

  /** Requests one path and reconnects when the answer ends. */
  private abstract class Exchange {
    private final String path;
    private final String accept;
    private final Duration patience;
    private Transport.Connection connection;
    private Future<?> watchdog;
    private long wait = FIRST_WAIT_MILLISECONDS;

    /**
     * @param patience the silence after which the connection counts as lost
     */
    Exchange(String path, String accept, Duration patience) {
      this.path = path;
      this.accept = accept;
      this.patience = patience;
      exchanges.add(this);
    }

    void connect() {
      if (!closed && !ending) {
        Attempt attempt = new Attempt();
        reset();
        connection = transport.get(run, path, Map.of("Accept", accept), patience, attempt);
        watchdog =
            thread.scheduleWithFixedDelay(
                attempt::checkSilence, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
      }
    }

    void cancel() {
      if (connection != null) {
        connection.cancel();
        connection = null;
        watchdog.cancel(false);
      }
    }

    void done() {
      exchanges.remove(this);
    }

    abstract void reset();

    abstract void date(Optional<String> date);

    abstract void bytes(byte[] bytes);

    /** Whether the answer is complete, so that no further request is necessary. */
    abstract boolean complete();

    private void ended(int status, String refusal, Duration lasted) {
      cancel();
      if (status == HttpURLConnection.HTTP_FORBIDDEN) {
        refused(refusal);
      } else if (status == HttpURLConnection.HTTP_NOT_FOUND) {
        giveUp("it does not serve " + path);
      } else if (status == HttpURLConnection.HTTP_OK && complete()) {
        done();
      } else if (!ending) {
        if (lasted.toSeconds() >= LASTING_SECONDS) {
          wait = FIRST_WAIT_MILLISECONDS;
        }
        thread.schedule(this::connect, wait, TimeUnit.MILLISECONDS);
        wait = Math.min(2 * wait, LONGEST_WAIT_MILLISECONDS);
      }
    }

    private void refused(String refusal) {
      if (!transport.isDirect() && isOfApiServer(refusal)) {
        close();
        listener.forbidden(run.namespace());
      } else {
        giveUp("it forbids " + path);
      }
    }

    /** The answer to one request; ignores data after the end. */
    private final class Attempt implements Transport.Answer {
      private static final int LONGEST_REFUSAL = 4096;

      private final ByteArrayOutputStream refusal = new ByteArrayOutputStream();
      private final long startNanos = System.nanoTime();
      private long lastData = startNanos;
      private int status;
      private boolean over;

      @Override
      public void head(int code, Optional<String> date) {
        thread.execute(
            () -> {
              lastData = System.nanoTime();
              status = code;
              if (code == HttpURLConnection.HTTP_OK) {
                date(date);
              }
            });
      }

      @Override
      public void chunk(byte[] chunk, Runnable more) {
        thread.execute(
            () -> {
              if (closed || over) {
                return;
              }
              lastData = System.nanoTime();
              if (!bytes.take(chunk.length, lastData)) {
                giveUp("it sends too much data");
                return;
              }
              if (status == HttpURLConnection.HTTP_OK) {
                bytes(chunk);
              } else if (refusal.size() < LONGEST_REFUSAL) {
                refusal.writeBytes(chunk);
              }
              more.run();
            });
      }

      @Override
      public void end() {
        thread.execute(this::over);
      }

      private void over() {
        if (!over) {
          over = true;
          if (!closed) {
            ended(
                status,
                refusal.toString(StandardCharsets.UTF_8),
                Duration.ofNanos(System.nanoTime() - startNanos));
          }
        }
      }

      /**
       * Only closes the connection: its end starts the next request, so requests do not pile up.
       */
      private void checkSilence() {
        if (System.nanoTime() - lastData > patience.toNanos()) {
          connection.cancel();
        }
      }
    }
  }

  private static boolean isOfApiServer(String refusal) {
    return Report.parse(refusal)
        .filter(status -> status.path("kind").asText().equals("Status"))
        .isPresent();
  }

  /** Checks that the program is a known one, and reads its time. */
  private final class Overview extends Exchange {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Overview() {
      super(program.overview(), "application/json", OVERVIEW_PATIENCE);
    }

    @Override
    void reset() {
      body.reset();
    }

    @Override
    void date(Optional<String> date) {
      clock = ProgramClock.ofDate(date, now.get(), transport.isDirect());
    }

    @Override
    void bytes(byte[] bytes) {
      if (body.size() <= EventStream.LONGEST) {
        body.writeBytes(bytes);
      }
    }

    @Override
    boolean complete() {
      Optional<JsonNode> json =
          body.size() > EventStream.LONGEST
              ? Optional.empty()
              : Report.parse(body.toString(StandardCharsets.UTF_8));
      json.ifPresentOrElse(
          parsed -> {
            overview = parsed;
            program.now(parsed).ifPresent(time -> clock = ProgramClock.of(time, now.get()));
            program.streams().forEach(path -> new Stream(path).connect());
          },
          () -> giveUp("its " + program.overview() + " is not a JSON object"));
      return true;
    }
  }

  /** Each stream starts with the whole history. */
  private final class Stream extends Exchange {
    private final String path;
    private EventStream events;

    Stream(String path) {
      super(path, "text/event-stream", program.patience());
      this.path = path;
    }

    @Override
    void reset() {
      events = new EventStream();
    }

    @Override
    void date(Optional<String> date) {}

    @Override
    void bytes(byte[] bytes) {
      for (ServerSent event : events.feed(bytes)) {
        program.report(run, path, event).ifPresent(ProgramFollower.this::publish);
      }
    }

    @Override
    boolean complete() {
      return false;
    }
  }

  private void publish(Report report) {
    Long before = last.get(report.topic());
    if (before != null && report.number() <= before || !reports.take(1, System.nanoTime())) {
      return;
    }
    last.put(report.topic(), report.number());
    Instant arrived = now.get();
    if (clock.behind().isEmpty() && !program.isHistory(overview, report)) {
      clock = ProgramClock.of(report.observed().apiTime().orElse(arrived), arrived);
    }
    listener.observed(clock.correct(report.observed(), arrived));
  }
}
