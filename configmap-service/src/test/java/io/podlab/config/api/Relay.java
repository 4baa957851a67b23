package io.podlab.config.api;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A TCP proxy to another port of this machine, whose connections a test can cut. */
final class Relay implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile boolean cut;

  private Relay(int target) throws Exception {
    NetClient client = vertx.createNetClient();
    NetServer server =
        vertx
            .createNetServer()
            .connectHandler(
                near -> {
                  if (cut) {
                    near.close();
                    return;
                  }
                  sockets.add(near);
                  near.pause();
                  client
                      .connect(target, "localhost")
                      .onFailure(refused -> near.close())
                      .onSuccess(
                          far -> {
                            far.pipeTo(near);
                            near.pipeTo(far);
                          });
                });
    port =
        server
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)
            .actualPort();
  }

  static Relay to(int target) throws Exception {
    return new Relay(target);
  }

  int port() {
    return port;
  }

  /** Closes all connections and refuses new ones until {@link #mend}. */
  void cut() {
    cut = true;
    sockets.forEach(NetSocket::close);
    sockets.clear();
  }

  void mend() {
    cut = false;
  }

  @Override
  public void close() {
    vertx.close();
  }
}
