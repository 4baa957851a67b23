package io.podlab.demo.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InheritedServerChannelTest {
  private static final int PATIENCE_MILLISECONDS = 10_000;

  private final NioEventLoopGroup threads = new NioEventLoopGroup(1);
  private ServerSocketChannel listening;
  private InheritedServerChannel channel;

  @BeforeEach
  void takeOver() throws IOException {
    listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel = new InheritedServerChannel(listening);
    new ServerBootstrap()
        .group(threads)
        .channelFactory(() -> channel)
        .childHandler(new Greeting())
        .bind(listening.getLocalAddress())
        .syncUninterruptibly();
  }

  @AfterEach
  void close() throws IOException {
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    listening.close();
  }

  @ChannelHandler.Sharable
  private static final class Greeting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext connection) {
      connection.writeAndFlush(connection.alloc().buffer().writeByte('!'));
    }
  }

  @Test
  void acceptsFromASocketThatListensAlready() throws IOException {
    try (Socket client = connect()) {
      assertThat(client.getInputStream().read()).isEqualTo('!');
    }
  }

  @Test
  void resetsWhoComesAfterItHasStoppedAccepting() throws IOException {
    try (Socket before = connect()) {
      assertThat(before.getInputStream().read()).isEqualTo('!');

      // When
      channel.stopAccepting();

      // Then
      assertThatThrownBy(
              () -> {
                try (Socket after = connect()) {
                  after.getInputStream().read();
                }
              })
          .isInstanceOf(SocketException.class);
      assertThat(before.isConnected()).isTrue();
    }
  }

  @Test
  void leavesTheSocketOpenForTheEndOfTheProcessToClose() {
    // When
    channel.close().syncUninterruptibly();

    // Then
    assertThat(listening.isOpen()).isTrue();
    assertThat(channel.isOpen()).isFalse();
  }

  private Socket connect() throws IOException {
    Socket client = new Socket();
    client.setSoTimeout(PATIENCE_MILLISECONDS);
    client.connect(listening.getLocalAddress(), PATIENCE_MILLISECONDS);
    return client;
  }
}
