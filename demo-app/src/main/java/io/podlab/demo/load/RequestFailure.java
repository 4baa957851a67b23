package io.podlab.demo.load;

import io.podlab.kit.text.Printable;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** A request without a complete answer. The summary groups failures by the message. */
final class RequestFailure extends IOException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST = 100;

  RequestFailure(String why) {
    super(why);
  }

  static RequestFailure whileConnecting(IOException failure, Deadline deadline) {
    if (failure instanceof SocketTimeoutException) {
      return new RequestFailure("no connection " + deadline);
    }
    if (failure instanceof NoRouteToHostException) {
      return new RequestFailure("no route to the host");
    }
    if (failure instanceof BindException) {
      return new RequestFailure("this client has no free port for another connection");
    }
    if (failure instanceof ConnectException
        && message(failure).toLowerCase(Locale.ROOT).contains("refused")) {
      return new RequestFailure("connection refused");
    }
    return new RequestFailure("cannot connect: " + message(failure));
  }

  /**
   * @param begun whether a part of the answer had arrived
   */
  static RequestFailure whileReading(IOException failure, boolean begun, Deadline deadline) {
    if (failure instanceof RequestFailure known) {
      return known;
    }
    if (failure instanceof SocketTimeoutException) {
      return new RequestFailure((begun ? "no complete answer " : "no answer ") + deadline);
    }
    if (failure instanceof SocketException) {
      return closed(begun);
    }
    return new RequestFailure(message(failure));
  }

  static RequestFailure closed(boolean begun) {
    return new RequestFailure(
        begun
            ? "connection closed in the middle of the answer"
            : "connection closed before the answer");
  }

  private static String message(IOException failure) {
    String message = failure.getMessage();
    return Printable.line(message == null ? failure.getClass().getSimpleName() : message, LONGEST);
  }
}
