package io.podlab.demo.status;

import io.podlab.kit.http.PlainText;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/**
 * A status that was asked for.
 *
 * @param reason in words; {@code Status 599} for one that has none
 */
public record RequestedStatus(int status, String reason) implements PlainText {
  /** Below it is what comes before an answer. */
  static final int LOWEST = 200;

  static final int HIGHEST = 599;

  /**
   * RFC 9110: these have no content; a client would take it for the beginning of the next answer.
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
