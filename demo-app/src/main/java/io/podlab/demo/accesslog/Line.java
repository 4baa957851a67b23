package io.podlab.demo.accesslog;

import io.podlab.kit.http.OriginalRequest;
import io.podlab.kit.text.Printable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * One line of the access log: {@code 10.244.0.1 "GET /echo?a=1 HTTP/1.1" 200 87 bytes 3 ms
 * "curl/8.5.0"}. A client cannot forge a line: control characters are replaced, quotation marks and
 * backslashes are escaped, and long values are cut.
 *
 * @param client the peer address; empty if unknown
 * @param status 0 if the client disconnected before the answer was complete
 * @param bytes length of the response body
 * @param userAgent null if the request has no such header
 */
record Line(
    String client,
    String method,
    String uri,
    HttpVersion version,
    int status,
    long bytes,
    long millis,
    String userAgent) {
  static final int LONGEST_URI = 1000;
  static final int LONGEST_USER_AGENT = 200;

  private static final int LONGEST_METHOD = 20;
  private static final char UNKNOWN = '-';

  static Line of(
      HttpServerRequest request,
      String target,
      SocketAddress client,
      long nanos,
      boolean complete) {
    String address = client == null ? null : client.hostAddress();
    return new Line(
        address == null ? "" : address,
        request.method().name(),
        target,
        request.version(),
        complete ? request.response().getStatusCode() : 0,
        request.response().bytesWritten(),
        TimeUnit.NANOSECONDS.toMillis(nanos),
        request.getHeader(HttpHeaders.USER_AGENT));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(200);
    if (client.isEmpty()) {
      text.append(UNKNOWN);
    } else {
      text.append(client);
    }
    text.append(" \"");
    appendQuoted(text, method, LONGEST_METHOD);
    text.append(' ');
    appendQuoted(text, uri, LONGEST_URI);
    text.append(' ').append(OriginalRequest.protocol(version)).append("\" ");
    if (status == 0) {
      text.append(UNKNOWN);
    } else {
      text.append(status);
    }
    text.append(' ').append(bytes).append(" bytes ").append(millis).append(" ms ");
    if (userAgent == null) {
      text.append(UNKNOWN);
    } else {
      text.append('"');
      appendQuoted(text, userAgent, LONGEST_USER_AGENT);
      text.append('"');
    }
    return text.toString();
  }

  /** Quotes a value that the client chose. */
  static String quoted(String value) {
    StringBuilder text = new StringBuilder().append('"');
    appendQuoted(text, value, LONGEST_USER_AGENT);
    return text.append('"').toString();
  }

  private static void appendQuoted(StringBuilder text, String value, int longest) {
    if (value.length() <= longest && isPlain(value)) {
      text.append(value);
      return;
    }
    String shown = value.length() <= longest ? value : value.substring(0, longest - 1) + "…";
    text.append(Printable.line(shown).replace("\\", "\\\\").replace("\"", "\\\""));
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character < ' ' || character > '~' || character == '"' || character == '\\') {
        return false;
      }
    }
    return true;
  }
}
