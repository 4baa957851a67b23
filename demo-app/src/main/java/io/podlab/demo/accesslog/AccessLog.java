package io.podlab.demo.accesslog;

import io.podlab.demo.output.StandardOutput;
import io.podlab.kit.http.RequestId;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Logs one line per request to standard output. Probes and scrapes get no line.
 *
 * <p>A line through the log framework costs as much as all other work for a short answer. So this
 * class builds text lines itself. JSON lines use the log framework, which adds the request id as a
 * field. A text line ends with the request id if the client sent one.
 */
@Singleton
public final class AccessLog {
  static final String NAME = "access-log";

  private static final Logger LOG = Logger.getLogger(NAME);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
  private static final String KUBELET = "kube-probe/";

  private final boolean enabled;
  private final boolean json;
  private final Clock clock;
  private final ZoneId zone = ZoneId.systemDefault();
  private volatile Prefix prefix = new Prefix(Long.MIN_VALUE, "");

  /** The start of a log line. It is rebuilt once per millisecond, not for each line. */
  private record Prefix(long millisecond, String text) {}

  AccessLog(
      AccessLogConfig config,
      @ConfigProperty(name = "lab.log.json", defaultValue = "false") boolean json,
      Clock clock) {
    this.enabled = config.accessLog();
    this.json = json;
    this.clock = clock;
  }

  /**
   * Logs a request when it ends.
   *
   * @param target the request target as the client sent it
   * @param client the peer address, read while the connection was open; a closed connection has
   *     none
   * @param nanos duration in nanoseconds
   * @param complete false if the client disconnected before the answer was complete
   */
  public void add(
      HttpServerRequest request,
      String target,
      SocketAddress client,
      long nanos,
      boolean complete) {
    if (!enabled || isScrape(request.path()) || isProbe(request)) {
      return;
    }
    Line line = Line.of(request, target, client, nanos, complete);
    if (json) {
      log(line, RequestId.of(request.response()));
    } else {
      String id = RequestId.sent(request).map(Line::quoted).map(" "::concat).orElse("");
      StandardOutput.write(prefix() + line + id + "\n");
    }
  }

  /** Sets the request id explicitly: a request can end outside its own context. */
  private static void log(Line line, String requestId) {
    if (requestId != null) {
      MDC.put(RequestId.FIELD, requestId);
    }
    try {
      LOG.info(line);
    } finally {
      MDC.remove(RequestId.FIELD);
    }
  }

  /** Whether the request comes from the kubelet. */
  public static boolean isProbe(HttpServerRequest request) {
    String userAgent = request.getHeader(HttpHeaders.USER_AGENT);
    return userAgent != null && userAgent.startsWith(KUBELET);
  }

  private static boolean isScrape(String path) {
    return path.equals("/metrics") || path.startsWith("/q/");
  }

  private String prefix() {
    Instant now = clock.instant();
    Prefix current = prefix;
    if (now.toEpochMilli() != current.millisecond()) {
      current =
          new Prefix(now.toEpochMilli(), TIME.format(now.atZone(zone)) + " INFO  [" + NAME + "] ");
      prefix = current;
    }
    return current.text();
  }
}
