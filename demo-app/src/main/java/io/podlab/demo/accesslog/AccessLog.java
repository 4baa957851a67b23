package io.podlab.demo.accesslog;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Clock;
import java.time.ZoneId;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * A line a request on standard output, none for probes and scrapes.
 *
 * <p>With the log framework a line costs as much as all else that a short answer takes. So lines of
 * text are put together here, and an event loop writes those of the requests that were ready at the
 * same time in one go, before it waits for more: no line is left for later. Lines of JSON take the
 * usual way.
 */
@Singleton
public final class AccessLog {
  static final String NAME = "access-log";

  private static final Logger LOG = Logger.getLogger(NAME);
  private static final String KUBELET = "kube-probe/";

  private final boolean enabled;
  private final boolean json;
  private final ThreadLocal<Lines> lines;

  AccessLog(
      AccessLogConfig config,
      @ConfigProperty(name = "lab.log.json", defaultValue = "false") boolean json,
      Clock clock) {
    this.enabled = config.accessLog();
    this.json = json;
    // Not System.out, which copies once more.
    FileOutputStream stdout = new FileOutputStream(FileDescriptor.out);
    this.lines = ThreadLocal.withInitial(() -> new Lines(stdout, clock, ZoneId.systemDefault()));
  }

  /**
   * At the end of a request.
   *
   * @param client from when the connection was there; a closed one no longer knows
   * @param nanos how long it took
   * @param complete false if the client went away before the answer was
   */
  public void add(HttpServerRequest request, SocketAddress client, long nanos, boolean complete) {
    if (!enabled || isScrape(request.path()) || isProbe(request)) {
      return;
    }
    Line line = Line.of(request, client, nanos, complete);
    if (json) {
      LOG.info(line);
    } else {
      write(line);
    }
  }

  /** Whether the kubelet asks. */
  public static boolean isProbe(HttpServerRequest request) {
    String userAgent = request.getHeader(HttpHeaders.USER_AGENT);
    return userAgent != null && userAgent.startsWith(KUBELET);
  }

  private static boolean isScrape(String path) {
    return path.equals("/metrics") || path.startsWith("/q/");
  }

  private void write(Line line) {
    Lines ofThread = lines.get();
    boolean first = ofThread.add(line);
    if (!Context.isOnEventLoopThread()) {
      ofThread.write();
    } else if (first) {
      // Runs when all that was ready to be read has been.
      Vertx.currentContext().runOnContext(ready -> ofThread.write());
    }
  }
}
