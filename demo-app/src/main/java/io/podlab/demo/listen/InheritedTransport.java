package io.podlab.demo.listen;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.vertx.core.impl.transports.JDKTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Vert.x' own transport, but for its first server socket: that is standard input, if standard input
 * is a listening socket, as {@code deploy/images/init.c} leaves it. Vert.x finds it as a service,
 * because {@code quarkus.vertx.prefer-native-transport} makes it look for one.
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
