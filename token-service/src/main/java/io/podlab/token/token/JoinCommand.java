package io.podlab.token.token;

import com.fasterxml.jackson.annotation.JsonValue;
import io.podlab.kit.http.PlainText;

/** The answer to {@code POST /tokens/join-command}: the command alone, or all of the token. */
public record JoinCommand(@JsonValue CreatedToken created) implements PlainText {
  @Override
  public String plainText() {
    return created.joinCommand().orElseThrow() + "\n";
  }
}
