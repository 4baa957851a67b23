package io.podlab.demo.status;

import io.podlab.kit.http.PlainText;
import jakarta.ws.rs.core.Response;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A status that was asked for.
 *
 * @param reason in words; {@code Status 599} for one that has none
 */
public record AnyStatus(int status, String reason) implements PlainText {
  static final String ACCEPTED = "a status from 200 to 599";

  private static final int LOWEST = 200;
  private static final int HIGHEST = 599;

  /**
   * RFC 9110: these have no content; a client would take it for the beginning of the next answer.
   */
  private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

  static AnyStatus of(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return new AnyStatus(status, known == null ? "Status " + status : known.getReasonPhrase());
  }

  /** Empty if this is no status, or one below 200, which is not the end of an answer. */
  static OptionalInt parse(String text) {
    if (!text.matches("[0-9]{3}")) {
      return OptionalInt.empty();
    }
    int status = Integer.parseInt(text);
    return status >= LOWEST && status <= HIGHEST ? OptionalInt.of(status) : OptionalInt.empty();
  }

  boolean hasBody() {
    return !WITHOUT_BODY.contains(status);
  }

  @Override
  public String plainText() {
    return status + " " + reason + "\n";
  }
}
