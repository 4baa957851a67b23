package io.podlab.demo.load;

import java.time.Duration;

/** Opens a new connection for each request, so that a Service chooses a pod for each request. */
final class NewConnections implements Sender {
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofMillis(100);

  private final Addresses addresses;
  private final byte[] request;
  private final Duration limit;

  NewConnections(LoadTarget target, Addresses addresses, Duration limit) {
    this.addresses = addresses;
    this.request = target.request(false);
    this.limit = limit;
  }

  @Override
  public Answer send() throws RequestFailure, InterruptedException {
    Deadline deadline = Deadline.in(limit);
    try (Connection connection = Connection.open(addresses.next(deadline), deadline)) {
      Answer answer = connection.exchange(request, deadline);
      connection.closeAfterServer(Deadline.in(PATIENCE_AT_CLOSE));
      return answer;
    }
  }
}
