package io.podlab.demo.listen;

import io.netty.channel.ServerChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The server sockets of this process, of which there are one or two. */
public final class ListeningSockets {
  private static final Queue<ServerChannel> OPEN = new ConcurrentLinkedQueue<>();

  private ListeningSockets() {}

  static <T extends ServerChannel> T add(T channel) {
    channel.closeFuture().addListener(closed -> OPEN.remove(channel));
    OPEN.add(channel);
    return channel;
  }

  /**
   * Refuses connections from now on; those that are open stay so. Vert.x itself can only close both
   * together. An inherited socket cannot be closed alone either (see {@link
   * InheritedServerChannel}): who connects to it is cut off at once.
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
