package io.podlab.demo.websocket;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.demo.identity.PodIdentity;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** The open WebSockets of this process. */
@Singleton
public final class WebSockets {
  /** A limit for memory: each connection can have unread messages. */
  static final int MOST = 1000;

  /** RFC 6455, section 5.5: a control frame has 125 bytes, and the status needs two. */
  static final int LONGEST_REASON = 123;

  private static final Logger LOG = Logger.getLogger(WebSockets.class);

  /** RFC 6455, section 7.4.1. */
  private static final short GOING_AWAY = 1001;

  private final PodIdentity pod;
  private final AtomicInteger places = new AtomicInteger();
  private final Set<EchoSocket> accepted = new HashSet<>();
  private boolean closing;

  WebSockets(PodIdentity pod, MeterRegistry meters) {
    this.pod = pod;
    Gauge.builder("lab.demo.websockets", this, WebSockets::open)
        .description("Number of open WebSockets")
        .strongReference(true)
        .register(meters);
  }

  /**
   * Reserves a place; {@link #release} returns it.
   *
   * @return false if there is none
   */
  boolean reserve() {
    if (places.incrementAndGet() <= MOST) {
      return true;
    }
    places.decrementAndGet();
    return false;
  }

  void release() {
    places.decrementAndGet();
  }

  /** Adds a connection that has a place. Closes it if it comes too late for {@link #closeAll}. */
  void add(EchoSocket socket) {
    synchronized (accepted) {
      if (!closing) {
        accepted.add(socket);
        return;
      }
    }
    socket.close(GOING_AWAY, reason());
  }

  void remove(EchoSocket socket) {
    synchronized (accepted) {
      accepted.remove(socket);
    }
  }

  boolean isClosing() {
    synchronized (accepted) {
      return closing;
    }
  }

  /** Number of connections, including those that wait for the close answer of the client. */
  public int open() {
    return places.get();
  }

  /** Sends a close frame to each client. From now on, new WebSockets are refused. */
  public void closeAll() {
    List<EchoSocket> all;
    synchronized (accepted) {
      closing = true;
      all = List.copyOf(accepted);
    }
    if (!all.isEmpty()) {
      LOG.infof("closing %d WebSockets", all.size());
    }
    String reason = reason();
    all.forEach(socket -> socket.close(GOING_AWAY, reason));
  }

  /** Logs the number of open connections, if there are any. */
  public void reportOpen() {
    if (open() > 0) {
      LOG.warnf("%d WebSockets were still open", open());
    }
  }

  private String reason() {
    return reason(pod.now().pod());
  }

  /** A pod name has up to 253 characters, which is too long for a close frame. */
  static String reason(String pod) {
    String name = pod;
    String reason = "pod %s is stopping".formatted(name);
    while (reason.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON) {
      name = name.substring(0, name.length() - 1);
      reason = "pod %s… is stopping".formatted(name);
    }
    return reason;
  }
}
