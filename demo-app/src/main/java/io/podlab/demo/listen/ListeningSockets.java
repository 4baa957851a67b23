package io.podlab.demo.listen;

import io.netty.channel.ServerChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The one or two server sockets of this process. */
public final class ListeningSockets {
  private static final Queue<ServerChannel> OPEN = new ConcurrentLinkedQueue<>();

  private ListeningSockets() {}

  static <T extends ServerChannel> T add(T channel) {
    channel.closeFuture().addListener(closed -> OPEN.remove(channel));
    OPEN.add(channel);
    return channel;
  }

  /**
   * Refuses new connections and keeps open ones. Vert.x can only close both together. An inherited
   * socket cannot be closed (see {@link InheritedServerChannel}); its new connections are reset
   * immediately.
   */
  public static void stopAccepting() {
    for (ServerChannel channel : OPEN) {
      if (channel instanceof InheritedServerChannel inherited) {
        inherited.stopAccepting();
      } else {
        channel.close().syncUninterruptibly();
      }
    }
  }
}
