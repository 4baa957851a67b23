package io.podlab.demo.load;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection to one server, for one request at a time. */
final class Connection implements Closeable {
  private final SocketChannel channel;
  private final InputStream in;
  private Deadline deadline;

  private Connection(SocketChannel channel, Deadline deadline) throws IOException {
    this.channel = channel;
    this.deadline = deadline;
    this.in = new BufferedInputStream(new UntilDeadline(channel.socket().getInputStream()));
  }

  /**
   * @throws RequestFailure if the server does not accept the connection in time
   */
  static Connection open(InetSocketAddress address, Deadline deadline) throws RequestFailure {
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.socket().connect(address, deadline.leftMillis());
      return new Connection(channel, deadline);
    } catch (IOException failure) {
      closeQuietly(channel);
      throw RequestFailure.whileConnecting(failure, deadline);
    }
  }

  /**
   * @throws RequestFailure if no answer arrives in time; then close the connection
   */
  Answer exchange(byte[] request, Deadline newDeadline) throws RequestFailure {
    this.deadline = newDeadline;
    AnswerReader reader = new AnswerReader(in);
    try {
      try {
        channel.socket().getOutputStream().write(request);
      } catch (IOException closed) {
        throw RequestFailure.closed(false);
      }
      return reader.read();
    } catch (IOException failure) {
      throw RequestFailure.whileReading(failure, reader.hasBegun(), deadline);
    }
  }

  /** Whether this side has already received the server's close after the last answer. */
  boolean isClosedByServer() {
    try {
      channel.configureBlocking(false);
      boolean closed = channel.read(ByteBuffer.allocate(1)) != 0;
      channel.configureBlocking(true);
      return closed;
    } catch (IOException reset) {
      return true;
    }
  }

  /**
   * Waits for the server to close first. The side that closes first blocks its port for a minute,
   * and a client has only about 28,000 ports.
   */
  void closeAfterServer(Deadline patience) {
    this.deadline = patience;
    try {
      while (in.read() >= 0) {
        // Skip until the end.
      }
    } catch (IOException late) {
      // This side closes first.
    }
    close();
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException nothingToLose) {
      // The connection is not used again.
    }
  }

  /** Limits the whole answer. The socket's own timeout limits only each read. */
  private final class UntilDeadline extends FilterInputStream {
    UntilDeadline(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      channel.socket().setSoTimeout(deadline.leftMillis());
      return super.read(buffer, offset, length);
    }
  }
}
