package io.podlab.probe.tcp;

import io.netty.channel.ChannelOption;
import io.podlab.probe.answer.HangingProbes;
import io.podlab.probe.answer.ListenAddress;
import io.podlab.probe.answer.Mechanism;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeConfig;
import io.podlab.probe.answer.ProbeRequest;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.answer.Timeline;
import io.podlab.probe.answer.Transitions;
import io.podlab.probe.answer.Uptime;
import io.podlab.probe.schedule.State;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * A port that refuses connections in state {@code fail}, and accepts them in all other states.
 * After that, {@code ok} closes a connection, {@code hang} sends nothing, and {@code drop} resets
 * it. A TCP probe of a kubelet only connects, so only {@code fail} makes it fail.
 */
@Singleton
public class TcpPort {
  private static final Logger LOG = Logger.getLogger(TcpPort.class);
  private static final int BACKLOG = 1024;
  private static final long RETRY_MILLISECONDS = 250;

  private final Probe liveness;
  private final Timeline timeline;
  private final boolean ownSchedule;
  private final HangingProbes hanging;
  private final Uptime uptime;
  private final Vertx vertx;
  private final ListenAddress address;
  private final Context context;
  private int port;

  /**
   * Null while the port is closed. Only the thread of the context changes this and the next three.
   */
  private volatile NetServer server;

  private final Set<HangingProbes.Pending> waiting = ConcurrentHashMap.newKeySet();
  private boolean wanted = true;
  private boolean busy;
  private boolean warned;

  @Inject
  public TcpPort(
      Probes probes,
      ProbeConfig config,
      HangingProbes hanging,
      Uptime uptime,
      Vertx vertx,
      ListenAddress address) {
    this.liveness = probes.get(ProbeType.LIVENESS);
    this.ownSchedule = config.tcp().isPresent();
    this.timeline =
        config.tcp().map(own -> new Timeline(own, uptime)).orElseGet(liveness::timeline);
    this.hanging = hanging;
    this.uptime = uptime;
    this.vertx = vertx;
    this.address = address;
    this.context = vertx.getOrCreateContext();
    if (ownSchedule) {
      liveness.excludeTcp();
    }
  }

  /** Opens the port even if the first state is {@code fail}, to detect a port that is in use. */
  void start(@Observes StartupEvent starting) {
    NetServer opened =
        address.opened(listen(address.tcpPort()), address.tcpPort(), "LAB_PROBE_LISTEN_TCP");
    port = opened.actualPort();
    context.runOnContext(now -> server = opened);
    Transitions.watch(
        timeline,
        uptime,
        vertx,
        (before, now) -> {
          if (ownSchedule && before != null) {
            LOG.infof("tcp changed from %s to %s", before, now);
          }
          context.runOnContext(
              soon -> {
                wanted = now != State.FAIL;
                follow();
              });
        });
  }

  public int port() {
    return port;
  }

  /** Whether the port accepts connections now. */
  public boolean isOpen() {
    return server != null;
  }

  /** The timeline of the liveness probe, or of {@code LAB_PROBE_TCP}. */
  public Timeline timeline() {
    return timeline;
  }

  /** Whether the port follows {@code LAB_PROBE_TCP} instead of the liveness probe. */
  public boolean hasOwnSchedule() {
    return ownSchedule;
  }

  private Future<NetServer> listen(int number) {
    return vertx
        .createNetServer(
            new NetServerOptions()
                .setHost(address.host())
                .setPort(number)
                .setAcceptBacklog(BACKLOG))
        .connectHandler(this::connected)
        .listen();
  }

  /** Opens or closes the port, one operation at a time, until it is as wanted. */
  private void follow() {
    if (busy || wanted == (server != null)) {
      return;
    }
    busy = true;
    if (wanted) {
      listen(port).onComplete(done -> context.runOnContext(now -> opened(done)));
    } else {
      NetServer closing = server;
      server = null;
      // These connections are closed by us, so do not record that the client disconnected.
      waiting.forEach(HangingProbes.Pending::release);
      waiting.clear();
      closing
          .close()
          .onComplete(
              done ->
                  context.runOnContext(
                      now -> {
                        busy = false;
                        follow();
                      }));
    }
  }

  private void opened(AsyncResult<NetServer> done) {
    busy = false;
    if (done.succeeded()) {
      server = done.result();
      warned = false;
      follow();
      return;
    }
    if (!warned) {
      warned = true;
      LOG.warnf(
          "cannot open tcp port %d again, trying every %d ms: %s",
          port, RETRY_MILLISECONDS, done.cause().getMessage());
    }
    vertx.setTimer(RETRY_MILLISECONDS, again -> context.runOnContext(now -> follow()));
  }

  private void connected(NetSocket socket) {
    State state = timeline.state();
    // Connected just before the port closed. For the client this is like a refused connection.
    State answer = state == State.FAIL ? State.DROP : state;
    ProbeRequest request = liveness.answered(Mechanism.TCP, socket.remoteAddress(), answer);
    switch (answer) {
      case OK, FAIL -> socket.close();
      case HANG -> hang(request, socket);
      case DROP -> reset(socket);
    }
  }

  private void hang(ProbeRequest request, NetSocket socket) {
    Optional<HangingProbes.Pending> pending = hanging.hold(socket::close, socket::close);
    if (pending.isEmpty()) {
      reset(socket);
      return;
    }
    waiting.add(pending.get());
    socket.closeHandler(
        gone -> {
          waiting.remove(pending.get());
          if (pending.get().release()) {
            liveness.left(request);
          }
        });
  }

  private static void reset(NetSocket socket) {
    ((NetSocketInternal) socket)
        .channelHandlerContext()
        .channel()
        .config()
        .setOption(ChannelOption.SO_LINGER, 0);
    socket.close();
  }
}
