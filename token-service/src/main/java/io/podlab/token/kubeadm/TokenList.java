package io.podlab.token.kubeadm;

import com.fasterxml.jackson.annotation.JsonValue;
import io.podlab.kit.http.PlainText;
import io.podlab.token.bootstrap.BootstrapToken;
import java.time.Instant;
import java.util.List;

/** The response of {@code GET /tokens}: kubeadm's table as text, or a JSON array. */
public record TokenList(@JsonValue List<ListedToken> tokens, String plainText)
    implements PlainText {
  static TokenList of(List<BootstrapToken> tokens, Instant now) {
    return new TokenList(tokens.stream().map(ListedToken::of).toList(), TokenTable.of(tokens, now));
  }

  /** Without the secrets, which the table contains too. */
  @Override
  public String toString() {
    return "TokenList" + tokens;
  }
}
