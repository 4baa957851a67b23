package io.podlab.token.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.podlab.token.bootstrap.BootstrapToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Converts a bootstrap token to and from the Secret that kubeadm would create, byte for byte
 * (kubeadm's apis/bootstraptoken/v1/utils.go).
 */
final class TokenSecret {
  static final String TYPE = "bootstrap.kubernetes.io/token";

  private static final String NAME_PREFIX = "bootstrap-token-";
  private static final String ID = "token-id";
  private static final String SECRET = "token-secret";
  private static final String DESCRIPTION = "description";
  private static final String EXPIRATION = "expiration";
  private static final String GROUPS = "auth-extra-groups";
  private static final String USAGE_PREFIX = "usage-bootstrap-";
  // Java's ISO 8601 parser accepts a time without seconds; Go's RFC 3339 parser does not.
  private static final Pattern RFC_3339 =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");

  private TokenSecret() {}

  static String name(String id) {
    return NAME_PREFIX + id;
  }

  static Secret of(BootstrapToken token) {
    Map<String, String> data = new TreeMap<>();
    put(data, ID, token.id());
    put(data, SECRET, token.secret());
    put(data, DESCRIPTION, token.description());
    put(data, EXPIRATION, token.expires().map(Instant::toString).orElse(""));
    token.usages().forEach(usage -> put(data, USAGE_PREFIX + usage, "true"));
    put(data, GROUPS, String.join(",", token.groups()));
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name(token.id()))
        .withNamespace(KubernetesTokens.NAMESPACE)
        .endMetadata()
        .withType(TYPE)
        .withData(data)
        .build();
  }

  /**
   * A JSON merge patch (RFC 7386).
   *
   * @param expires empty to remove the expiry
   * @param version the resource version that the Secret must have
   */
  static String expiryPatch(Optional<Instant> expires, String version) {
    return "{\"metadata\":{\"resourceVersion\":\"%s\"},\"data\":{\"%s\":%s}}"
        .formatted(
            version,
            EXPIRATION,
            expires.map(when -> '"' + encoded(when.toString()) + '"').orElse("null"));
  }

  private static String encoded(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(Map<String, String> data, String key, String value) {
    if (!value.isEmpty()) {
      data.put(key, encoded(value));
    }
  }

  /**
   * Parses a Secret.
   *
   * @throws IllegalArgumentException if it is malformed; the message contains no values
   */
  static BootstrapToken parse(Secret secret) {
    String id = value(secret, ID);
    if (!secret.getMetadata().getName().equals(name(id))) {
      throw new IllegalArgumentException(
          "the name is not %s followed by the %s".formatted(NAME_PREFIX, ID));
    }
    String tokenSecret = value(secret, SECRET);
    if (!BootstrapToken.FORM.matcher(id + "." + tokenSecret).matches()) {
      throw new IllegalArgumentException(
          "%s and %s do not form a token that matches %s"
              .formatted(ID, SECRET, BootstrapToken.FORM));
    }
    String groups = value(secret, GROUPS);
    return new BootstrapToken(
        id,
        tokenSecret,
        expiration(value(secret, EXPIRATION)),
        secret.getData().keySet().stream()
            .filter(key -> key.startsWith(USAGE_PREFIX) && value(secret, key).equals("true"))
            .map(key -> key.substring(USAGE_PREFIX.length()))
            .sorted()
            .toList(),
        groups.isEmpty() || groups.startsWith(",") ? List.of() : List.of(groups.split(",", -1)),
        value(secret, DESCRIPTION));
  }

  /** Whether this Secret contains the token's secret. */
  static boolean hasSecretOf(Secret secret, BootstrapToken token) {
    return value(secret, SECRET).equals(token.secret());
  }

  private static Optional<Instant> expiration(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (RFC_3339.matcher(text).matches()) {
        return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS));
      }
    } catch (DateTimeParseException noSuchDay) {
      // Falls through to the exception below.
    }
    throw new IllegalArgumentException("%s is not an RFC 3339 time".formatted(EXPIRATION));
  }

  private static String value(Secret secret, String key) {
    String encoded = secret.getData() == null ? null : secret.getData().get(key);
    return encoded == null
        ? ""
        : new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }
}
