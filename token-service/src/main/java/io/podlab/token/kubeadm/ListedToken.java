package io.podlab.token.kubeadm;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.token.bootstrap.BootstrapToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One token of the list, with the fields of {@code kubeadm token list -o json}. The field {@code
 * apiVersion} is missing, because it differs between versions of kubeadm.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ListedToken(
    String kind,
    String token,
    String description,
    Optional<Instant> expires,
    List<String> usages,
    List<String> groups) {
  static ListedToken of(BootstrapToken token) {
    return new ListedToken(
        "BootstrapToken",
        token.value(),
        token.description(),
        token.expires(),
        token.usages(),
        token.groups());
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ListedToken[" + token.substring(0, 6) + "]";
  }
}
