package io.podlab.token.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.PlainText;
import io.podlab.token.bootstrap.BootstrapToken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answer to {@code GET /tokens/{id}}: the fields of the list, and what follows from them now.
 *
 * @param status {@code active} or {@code expired}
 * @param expiresIn Go's duration in whole seconds, {@code 0s} once it has expired; absent if never
 * @param signed whether {@code cluster-info} is signed by it, without which {@code kubeadm join}
 *     does not trust that
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TokenDetails(
    String kind,
    String apiVersion,
    String token,
    String description,
    Optional<Instant> expires,
    List<String> usages,
    List<String> groups,
    @Schema(enumeration = {"active", "expired"}) String status,
    Optional<String> expiresIn,
    boolean signed)
    implements PlainText {
  static TokenDetails of(BootstrapToken token, Instant now, boolean signed) {
    ListedToken listed = ListedToken.of(token);
    return new TokenDetails(
        listed.kind(),
        listed.apiVersion(),
        listed.token(),
        listed.description(),
        listed.expires(),
        listed.usages(),
        listed.groups(),
        token.hasExpired(now) ? "expired" : "active",
        token.expires().map(expires -> GoDuration.format(left(now, expires))),
        signed);
  }

  private static Duration left(Instant now, Instant expires) {
    Duration left = Duration.between(now, expires).truncatedTo(ChronoUnit.SECONDS);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** A fact a line. */
  @Override
  public String plainText() {
    return """
    Token:        %s
    Status:       %s
    Expires:      %s
    Usages:       %s
    Description:  %s
    Extra groups: %s
    Signed:       %s
    """
        .formatted(
            token,
            status,
            expires.map(when -> when + ", in " + expiresIn.orElseThrow()).orElse("never"),
            TokenTable.orNone(String.join(",", usages)),
            TokenTable.orNone(description),
            TokenTable.orNone(String.join(",", groups)),
            signed ? "yes" : "no");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "TokenDetails[" + token.substring(0, 6) + "]";
  }
}
