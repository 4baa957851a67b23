package io.podlab.board.watch;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Requests the version of the API server periodically, to learn whether it answers and what time it
 * has. A watch without events shows neither.
 */
final class Heartbeat {
  private static final Logger LOG = Logger.getLogger(Heartbeat.class);
  private static final int TIMEOUT_MILLISECONDS = 2_000;
  private static final int FAILURES = 2;
  private static final int SERVER_ERROR = 500;

  private final KubernetesClient client;
  private final Clock clock;
  private final Consumer<Duration> clockOffset;
  private final Runnable back;
  private ClockOffset offset = ClockOffset.UNKNOWN;
  private int failures;
  private Optional<Instant> lastAnswered = Optional.empty();
  private volatile Optional<OutageDetector.Cause> problem =
      Optional.of(new OutageDetector.Cause("the API server has not answered yet", false));

  /**
   * @param clockOffset gets the offset of the API server's clock when it changes
   * @param back runs when the API server answers again after an outage
   */
  Heartbeat(KubernetesClient client, Clock clock, Consumer<Duration> clockOffset, Runnable back) {
    this.client = client;
    this.clock = clock;
    this.clockOffset = clockOffset;
    this.back = back;
  }

  /** The reason why the API server is not usable; empty if it is. */
  Optional<String> problem() {
    return problem.map(OutageDetector.Cause::why);
  }

  /** The problem, with the time of the last request that got an answer. */
  Optional<OutageDetector.Cause> outageCause() {
    return problem;
  }

  /** Sends a request and waits up to two seconds for the answer. */
  void check() {
    Instant sent = clock.instant();
    try {
      HttpRequest request =
          client
              .getHttpClient()
              .newHttpRequestBuilder()
              .uri(client.getMasterUrl().toURI().resolve("version"))
              .timeout(TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS)
              .build();
      HttpResponse<byte[]> answer =
          client
              .getHttpClient()
              .sendAsync(request, byte[].class)
              .get(TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS);
      answered(answer, sent, clock.instant());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.debug("no answer", e);
      failed(ApiErrors.unreachable(client));
    }
  }

  private void answered(HttpResponse<byte[]> answer, Instant sent, Instant received) {
    date(answer).ifPresent(date -> correct(sent, received, date));
    if (answer.code() >= SERVER_ERROR) {
      failed(ApiErrors.describe(answer.code()));
    } else if (answer.code() == HttpURLConnection.HTTP_UNAUTHORIZED) {
      failures = 0;
      lastAnswered = Optional.of(sent);
      problem = cause(ApiErrors.describe(answer.code()), true);
    } else {
      boolean wasAway = failures >= FAILURES;
      failures = 0;
      lastAnswered = Optional.of(sent);
      problem = Optional.empty();
      if (wasAway) {
        back.run();
      }
    }
  }

  private void failed(String why) {
    failures++;
    if (failures >= FAILURES || problem.isPresent()) {
      problem = cause(why, false);
    }
  }

  private Optional<OutageDetector.Cause> cause(String why, boolean certain) {
    return Optional.of(new OutageDetector.Cause(why, certain, lastAnswered));
  }

  private static Optional<Instant> date(HttpResponse<?> answer) {
    try {
      return Optional.ofNullable(answer.header("Date"))
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  private void correct(Instant sent, Instant received, Instant date) {
    Duration before = offset.correction();
    offset = offset.with(sent, received, date);
    Duration now = offset.correction();
    if (!now.equals(before)) {
      clockOffset.accept(now);
      if (before.isZero() != now.isZero()) {
        LOG.infof(
            now.isZero()
                ? "the API server's clock and this machine's clock agree"
                : "the API server's clock is %d ms ahead of this machine's clock; the board shows the API server's time",
            now.toMillis());
      }
    }
  }
}
