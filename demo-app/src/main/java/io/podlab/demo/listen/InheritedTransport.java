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
    return () -> {
      try {
        return System.inheritedChannel() instanceof ServerSocketChannel listening
                && taken.compareAndSet(false, true)
            ? ListeningSockets.add(new InheritedServerChannel(listening))
            : ListeningSockets.add(usual.newChannel());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
