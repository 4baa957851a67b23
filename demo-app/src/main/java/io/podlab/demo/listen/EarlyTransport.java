package io.podlab.demo.listen;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.vertx.core.impl.transports.JDKTransport;

/**
 * Vert.x' own transport, but for its first server socket, which is the early one. Found as a
 * service, because {@code quarkus.vertx.prefer-native-transport} makes Vert.x look for one.
 */
public final class EarlyTransport extends JDKTransport {
  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    ChannelFactory<? extends ServerChannel> usual = super.serverChannelFactory(domainSocket);
    return () ->
        EarlyListener.take()
            .<ServerChannel>map(EarlyServerChannel::new)
            .orElseGet(usual::newChannel);
  }
}
