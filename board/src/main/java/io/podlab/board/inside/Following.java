package io.podlab.board.inside;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.board.inside.EventStream.ServerSent;
import io.podlab.board.moment.Observed;
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
 * Follows one program for as long as its container runs. All of it happens on one thread; what a
 * program may send is bounded, since anyone can name an image so.
 */
final class Following {
  /** What a program, its streams and their reconnections have to do with the rest. */
  interface Listener {
    void observed(Observed observed);

    /** It is not one of ours, or does not behave like one. */
    void givenUp(Run run, String why);

    /** The credential may not get {@code pods/proxy} there. */
    void forbidden(String namespace);
  }

  static final long FIRST_WAIT_MILLISECONDS = 200;
  static final long LONGEST_WAIT_MILLISECONDS = 5000;

  /** How long the last reports may be on their way after the container has ended. */
  static final long LAST_REPORTS_MILLISECONDS = 5000;

  /** How long a connection lasts that was worth having. */
  private static final long LASTING_SECONDS = 5;

  private static final Duration OVERVIEW_PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_SECONDS = 5;

  /** Three histories of 200 probes, and some. */
  private static final int MOST_AT_ONCE = 800;

  /** Three probes with a period of a second, and one more. */
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
  private final Allowance reports = new Allowance(MOST_AT_ONCE, MOST_A_SECOND);
  private final Allowance bytes = new Allowance(MOST_BYTES_AT_ONCE, MOST_BYTES_A_SECOND);
  private JsonNode overview;
  private ProgramClock clock = ProgramClock.UNKNOWN;
  private boolean ending;
  private boolean closed;

  /**
   * @param last the number of the last report of each topic that was told of this run already, and
   *     is kept up to date
   */
  Following(
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

  /** The container has ended: what is on its way still counts, and nothing is asked for again. */
  void end() {
    ending = true;
    if (exchanges.stream().noneMatch(exchange -> exchange.connection != null)) {
      close();
    } else {
      thread.schedule(this::close, LAST_REPORTS_MILLISECONDS, TimeUnit.MILLISECONDS);
    }
  }

  /** Nothing of it is left, and nothing more is told. */
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

  /** One path, asked for again and again. */
  private abstract class Exchange {
    private final String path;
    private final String accept;
    private final Duration patience;
    private Transport.Connection connection;
    private Future<?> watchdog;
    private long wait = FIRST_WAIT_MILLISECONDS;

    /**
     * @param patience with which silence is taken for a connection that is lost
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
        begin();
        connection = transport.get(run, path, Map.of("Accept", accept), patience, attempt);
        watchdog =
            thread.scheduleWithFixedDelay(
                attempt::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
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

    abstract void begin();

    abstract void dated(Optional<String> date);

    abstract void bytes(byte[] bytes);

    /** Whether all is said that is to be said. */
    abstract boolean complete();

    private void ended(int status, String refusal, Duration lasted) {
      cancel();
      if (status == HttpURLConnection.HTTP_FORBIDDEN) {
        refused(refusal);
      } else if (status == HttpURLConnection.HTTP_NOT_FOUND) {
        giveUp("it has no " + path);
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

    /** What comes of asking once; what comes after it was cut off is ignored. */
    private final class Attempt implements Transport.Answer {
      private static final int LONGEST_REFUSAL = 4096;

      private final ByteArrayOutputStream refusal = new ByteArrayOutputStream();
      private final long begun = System.nanoTime();
      private long heard = begun;
      private int status;
      private boolean over;

      @Override
      public void head(int code, Optional<String> date) {
        thread.execute(
            () -> {
              heard = System.nanoTime();
              status = code;
              if (code == HttpURLConnection.HTTP_OK) {
                dated(date);
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
              heard = System.nanoTime();
              if (!bytes.take(chunk.length, heard)) {
                giveUp("it reports too much");
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
                Duration.ofNanos(System.nanoTime() - begun));
          }
        }
      }

      /** Asks again only when the connection is closed, or they would pile up. */
      private void look() {
        if (System.nanoTime() - heard > patience.toNanos()) {
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

  /** Tells whether it is one of ours, and what time it is there. */
  private final class Overview extends Exchange {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Overview() {
      super(program.overview(), "application/json", OVERVIEW_PATIENCE);
    }

    @Override
    void begin() {
      body.reset();
    }

    @Override
    void dated(Optional<String> date) {
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
            program.now(parsed).ifPresent(told -> clock = ProgramClock.told(told, now.get()));
            program.streams().forEach(path -> new Stream(path).connect());
          },
          () -> giveUp("its " + program.overview() + " is not a JSON object"));
      return true;
    }
  }

  /** Begins with the whole history each time. */
  private final class Stream extends Exchange {
    private final String path;
    private EventStream events;

    Stream(String path) {
      super(path, "text/event-stream", program.patience());
      this.path = path;
    }

    @Override
    void begin() {
      events = new EventStream();
    }

    @Override
    void dated(Optional<String> date) {}

    @Override
    void bytes(byte[] bytes) {
      for (ServerSent event : events.feed(bytes)) {
        program.report(run, path, event).ifPresent(Following.this::told);
      }
    }

    @Override
    boolean complete() {
      return false;
    }
  }

  private void told(Report report) {
    Long before = last.get(report.topic());
    if (before != null && report.number() <= before || !reports.take(1, System.nanoTime())) {
      return;
    }
    last.put(report.topic(), report.number());
    Instant arrived = now.get();
    if (clock.behind().isEmpty() && !program.isHistory(overview, report)) {
      clock = ProgramClock.told(report.observed().apiTime().orElse(arrived), arrived);
    }
    listener.observed(clock.correct(report.observed(), arrived));
  }
}
