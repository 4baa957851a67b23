package io.podlab.token.kubeadm;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.http.PlainText;
import io.podlab.token.bootstrap.BootstrapToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The response of {@code POST /tokens}, {@code POST /tokens/join-command} and {@code GET
 * /tokens/{id}/join-command}.
 *
 * @param token {@code ID.SECRET}
 * @param id the token ID, which is public
 * @param expires RFC 3339, UTC, whole seconds; absent if the token never expires
 * @param joinCommand absent if the API server's address is unknown or the token's usages do not
 *     allow a join
 * @param warnings why the join command is absent or will fail
 * @param plainText the token, as {@code kubeadm token create} prints it, or the join command and
 *     its warnings
 */
@Schema(name = "CreatedToken")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CreatedToken(
    String token,
    String id,
    Optional<Instant> expires,
    List<String> usages,
    List<String> groups,
    String description,
    Optional<String> joinCommand,
    List<String> warnings,
    @JsonIgnore String plainText)
    implements PlainText {
  static CreatedToken of(
      BootstrapToken token, Optional<String> joinCommand, List<String> warnings, String plainText) {
    return new CreatedToken(
        token.value(),
        token.id(),
        token.expires(),
        token.usages(),
        token.groups(),
        token.description(),
        joinCommand,
        warnings,
        plainText);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "CreatedToken[" + id + "]";
  }
}
