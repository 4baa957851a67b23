package io.podlab.token.kubeadm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.PlainText;
import io.podlab.token.bootstrap.BootstrapToken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The response of {@code GET /tokens/{id}}: the fields of the list, and the current status.
 *
 * @param status {@code active} or {@code expired}
 * @param expiresIn Go duration in whole seconds; {@code 0s} for an expired token; absent if the
 *     token never expires
 * @param signed whether {@code cluster-info} has a signature by this token; {@code kubeadm join}
 *     needs it to trust cluster-info
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TokenDetails(
    @JsonUnwrapped ListedToken listed,
    @Schema(enumeration = {"active", "expired"}) String status,
    Optional<String> expiresIn,
    boolean signed)
    implements PlainText {
  static TokenDetails of(BootstrapToken token, Instant now, boolean signed) {
    return new TokenDetails(
        ListedToken.of(token),
        TokenStatus.of(token, now).word(),
        token.expires().map(expires -> GoDuration.format(left(now, expires))),
        signed);
  }

  private static Duration left(Instant now, Instant expires) {
    Duration left = Duration.between(now, expires).truncatedTo(ChronoUnit.SECONDS);
    return left.isNegative() ? Duration.ZERO : left;
  }

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
            listed.token(),
            status,
            listed.expires().map(when -> when + ", in " + expiresIn.orElseThrow()).orElse("never"),
            TokenTable.orNone(String.join(",", listed.usages())),
            TokenTable.orNone(listed.description()),
            TokenTable.orNone(String.join(",", listed.groups())),
            signed ? "yes" : "no");
  }
}
