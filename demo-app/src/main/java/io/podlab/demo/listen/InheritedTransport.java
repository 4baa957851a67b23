package io.podlab.demo.listen;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.vertx.core.impl.transports.JDKTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The transport of Vert.x with another first server socket: standard input, if {@code
 * deploy/images/init.c} has left a listening socket there. Vert.x loads this class as a service,
 * because {@code quarkus.vertx.prefer-native-transport} is set.
 */
public final class InheritedTransport extends JDKTransport {
  private final AtomicBoolean taken = new AtomicBoolean();

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    ChannelFactory<? extends ServerChannel> usual = super.serverChannelFactory(domainSocket);
    // Not in the factory: Quarkus opens the port for HTTP before the one for HTTPS, but their
    // addresses can be resolved in another order.
    boolean first = taken.compareAndSet(false, true);
    return () -> {
      try {
        return first && System.inheritedChannel() instanceof ServerSocketChannel listening
            ? ListeningSockets.add(new InheritedServerChannel(listening))
            : ListeningSockets.add(usual.newChannel());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
