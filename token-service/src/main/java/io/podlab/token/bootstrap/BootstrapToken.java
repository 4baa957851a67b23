package io.podlab.token.bootstrap;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A bootstrap token (kubeadm's apis/bootstraptoken/v1).
 *
 * @param id the token ID, six characters of {@code 0-9a-z}; public
 * @param secret the token secret, sixteen characters of {@code 0-9a-z}; never logged
 * @param expires whole seconds; empty if the token never expires
 * @param usages sorted
 * @param groups the extra groups of a user that authenticates with the token
 * @param description may be empty
 */
public record BootstrapToken(
    String id,
    String secret,
    Optional<Instant> expires,
    List<String> usages,
    List<String> groups,
    String description) {
  public static final Pattern FORM = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
  public static final List<String> DEFAULT_USAGES = List.of("authentication", "signing");
  public static final List<String> DEFAULT_GROUPS =
      List.of("system:bootstrappers:kubeadm:default-node-token");

  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

  public BootstrapToken {
    if (!FORM.matcher(id + "." + secret).matches()) {
      throw new IllegalArgumentException("not of the form " + FORM);
    }
    Objects.requireNonNull(expires);
    usages = List.copyOf(usages);
    groups = List.copyOf(groups);
    Objects.requireNonNull(description);
  }

  /** A random token. {@code SecureRandom.nextInt(bound)} has no bias. */
  public static String randomValue(SecureRandom random) {
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < 22; i++) {
      if (i == 6) {
        value.append('.');
      }
      value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return value.toString();
  }

  /** {@code ID.SECRET}, the form that {@code kubeadm join --token} accepts. */
  public String value() {
    return id + "." + secret;
  }

  public boolean hasExpired(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }

  public BootstrapToken withExpiry(Optional<Instant> other) {
    return new BootstrapToken(id, secret, other, usages, groups, description);
  }

  /** Without the secret, so that a log statement cannot reveal it. */
  @Override
  public String toString() {
    return "BootstrapToken[" + id + "]";
  }
}
