package io.podlab.demo.load;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A few connections that stay open and take turns, as those of a browser or of a connection pool. A
 * Service chooses a pod for a connection, not for a request.
 */
final class KeptConnections implements Sender {
  static final int SIZE = 4;

  private final Addresses addresses;
  private final byte[] request;
  private final Duration limit;

  /** Fair: when all are busy, a request that has waited for long is not overtaken by new ones. */
  private final BlockingQueue<Slot> free = new ArrayBlockingQueue<>(SIZE, true);

  private final AtomicLong opened = new AtomicLong();

  /** A connection, or the place of one that is not open. */
  private static final class Slot {
    private Connection connection;

    private void close() {
      if (connection != null) {
        connection.close();
        connection = null;
      }
    }
  }

  KeptConnections(LoadTarget target, Addresses addresses, Duration limit) {
    this.addresses = addresses;
    this.request = target.request(true);
    this.limit = limit;
    for (int i = 0; i < SIZE; i++) {
      free.add(new Slot());
    }
  }

  /** How many connections have been opened so far. */
  long opened() {
    return opened.get();
  }

  @Override
  public Answer send() throws RequestFailure, InterruptedException {
    Deadline deadline = Deadline.in(limit);
    Slot slot = take(deadline);
    boolean keep = false;
    try {
      if (slot.connection != null && slot.connection.isClosedByServer()) {
        slot.close();
      }
      if (slot.connection == null) {
        slot.connection = Connection.open(addresses.next(deadline), deadline);
        opened.incrementAndGet();
      }
      Answer answer = slot.connection.exchange(request, deadline);
      keep = answer.keepsConnection();
      return answer;
    } finally {
      if (!keep) {
        slot.close();
      }
      free.add(slot);
    }
  }

  private Slot take(Deadline deadline) throws RequestFailure, InterruptedException {
    try {
      Slot slot = free.poll(deadline.leftMillis(), TimeUnit.MILLISECONDS);
      if (slot != null) {
        return slot;
      }
    } catch (SocketTimeoutException late) {
      // Below.
    }
    throw new RequestFailure("no free connection " + deadline);
  }

  @Override
  public void close() {
    for (Slot slot = free.poll(); slot != null; slot = free.poll()) {
      slot.close();
    }
  }
}
