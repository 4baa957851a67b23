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
   * @throws RequestFailure if there is no connection in time
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
   * @throws RequestFailure if no answer comes in time; the connection is then of no further use
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

  /** Whether the server has closed it since the last answer, as far as that is known here. */
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
   * Lets the server close first, as it has been asked to, and then closes: who closes first keeps
   * the port for another minute, and this side has only 28,000 of them.
   */
  void closeAfterServer(Deadline patience) {
    this.deadline = patience;
    try {
      while (in.read() >= 0) {
        // Until the end.
      }
    } catch (IOException late) {
      // Then this side closes first.
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
      // It is of no further use.
    }
  }

  /** A socket's own limit is for each read, which an answer in small pieces never exceeds. */
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
