package io.podlab.token.token;

import com.fasterxml.jackson.annotation.JsonValue;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.http.PlainText;
import java.time.Instant;
import java.util.List;

/** The answer to {@code GET /tokens/{id}}: a table of one row, or an object. */
public record OneToken(@JsonValue ListedToken token, String plainText) implements PlainText {
  static OneToken of(BootstrapToken token, Instant now) {
    return new OneToken(ListedToken.of(token), TokenTable.of(List.of(token), now));
  }

  /** Without the secret, which the table holds too. */
  @Override
  public String toString() {
    return "OneToken[" + token + "]";
  }
}
