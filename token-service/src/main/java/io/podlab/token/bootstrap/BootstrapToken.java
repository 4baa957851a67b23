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
 * @param id the public half, six of {@code 0-9a-z}
 * @param secret the other half, sixteen of {@code 0-9a-z}; never in a log
 * @param expires whole seconds; empty for never
 * @param usages what it is good for, sorted
 * @param groups whom its bearer is taken for
 * @param description empty if there is none
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

  /** A value no one can guess. {@code SecureRandom.nextInt(bound)} has no bias. */
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

  /** Id and secret, as it is handed to a joining machine. */
  public String value() {
    return id + "." + secret;
  }

  public boolean hasExpired(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }

  /** Without the secret: this is what a log statement would print. */
  @Override
  public String toString() {
    return "BootstrapToken[" + id + "]";
  }
}
