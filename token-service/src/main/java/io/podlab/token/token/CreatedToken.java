package io.podlab.token.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.http.PlainText;
import io.podlab.token.bootstrap.BootstrapToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer to {@code POST /tokens}.
 *
 * @param token its value, id and secret
 * @param id the public half
 * @param expires RFC 3339, UTC, whole seconds; absent if never
 * @param joinCommand absent if nobody has said where the API server is
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CreatedToken(
    String token,
    String id,
    Optional<Instant> expires,
    List<String> usages,
    List<String> groups,
    String description,
    Optional<String> joinCommand)
    implements PlainText {
  static CreatedToken of(BootstrapToken token, Optional<String> joinCommand) {
    return new CreatedToken(
        token.value(),
        token.id(),
        token.expires(),
        token.usages(),
        token.groups(),
        token.description(),
        joinCommand);
  }

  /** The value alone, like {@code kubeadm token create}. */
  @Override
  public String plainText() {
    return token + "\n";
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "CreatedToken[" + id + "]";
  }
}
