package io.podlab.demo.load;

import io.podlab.kit.duration.GoDuration;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small pool of open connections, like that of a browser. A Service chooses a pod for each
 * connection, not for each request.
 */
final class KeptConnections implements Sender {
  static final int SIZE = 4;

  private final Addresses addresses;
  private final byte[] request;
  private final Duration patience;
  private final Duration limit;

  /** Fair: the request that has waited longest gets the next free connection. */
  private final BlockingQueue<Slot> free = new ArrayBlockingQueue<>(SIZE, true);

  private final AtomicLong opened = new AtomicLong();

  /** A place in the pool, with or without an open connection. */
  private static final class Slot {
    private Connection connection;

    private void close() {
      if (connection != null) {
        connection.close();
        connection = null;
      }
    }
  }

  /**
   * @param patience time limit for the wait for a connection
   * @param limit time limit for the request after that
   */
  KeptConnections(LoadTarget target, Addresses addresses, Duration patience, Duration limit) {
    this.addresses = addresses;
    this.request = target.request(true);
    this.patience = patience;
    this.limit = limit;
    for (int i = 0; i < SIZE; i++) {
      free.add(new Slot());
    }
  }

  /** The number of connections opened so far. */
  long opened() {
    return opened.get();
  }

  @Override
  public Answer send() throws NotSent, RequestFailure, InterruptedException {
    Slot slot = take();
    // Starts only now: the wait for a free connection is not the server's fault.
    Deadline deadline = Deadline.in(limit);
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

  private Slot take() throws NotSent, InterruptedException {
    Slot slot = free.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (slot == null) {
      throw new NotSent(
          "all %d connections were in use for %s".formatted(SIZE, GoDuration.format(patience)));
    }
    return slot;
  }

  @Override
  public void close() {
    for (Slot slot = free.poll(); slot != null; slot = free.poll()) {
      slot.close();
    }
  }
}
