package io.podlab.token.kubeadm;

import io.podlab.kit.http.PlainText;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The response of {@code DELETE /tokens?status=expired}.
 *
 * @param deleted the IDs of the tokens that this request deleted, sorted
 */
@Schema(name = "DeletedTokens")
public record DeletedTokens(List<String> deleted) implements PlainText {
  public DeletedTokens {
    deleted = List.copyOf(deleted);
  }

  /** One line per token, as kubeadm prints it. */
  @Override
  public String plainText() {
    return deleted.isEmpty()
        ? "no expired tokens\n"
        : deleted.stream()
            .map(id -> new DeletedToken(id).plainText())
            .collect(Collectors.joining());
  }
}
