package io.podlab.demo.status;

import io.podlab.kit.http.PlainText;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/**
 * A status that a client requested.
 *
 * @param reason reason phrase; {@code Status 599} for a status without one
 */
public record RequestedStatus(int status, String reason) implements PlainText {
  /** Lower ones are interim responses. */
  static final int LOWEST = 200;

  static final int HIGHEST = 599;

  /**
   * Statuses without content (RFC 9110). A client would read a body as the start of the next
   * answer.
   */
  private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

  static RequestedStatus of(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return new RequestedStatus(
        status, known == null ? "Status " + status : known.getReasonPhrase());
  }

  boolean hasBody() {
    return !WITHOUT_BODY.contains(status);
  }

  @Override
  public String plainText() {
    return status + " " + reason + "\n";
  }
}
