package io.podlab.token.kubeadm;

import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.text.Printable;
import io.podlab.token.bootstrap.SecretMask;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The limits of a token's time to live.
 *
 * @param longest empty for no limit
 * @param forever whether a token without expiry is allowed
 */
record TtlLimits(Optional<Duration> longest, boolean forever) {
  private static final Duration DEFAULT = Duration.ofHours(24);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /**
   * @throws ConfigurationException naming the invalid variable
   */
  static TtlLimits of(TokenConfig config) {
    Optional<Duration> longest = config.maxTtl().map(TtlLimits::checkedLongest);
    boolean forever = config.allowForever().map(TtlLimits::checkedSwitch).orElse(longest.isEmpty());
    return new TtlLimits(longest, forever);
  }

  private static Duration checkedLongest(String text) {
    String why;
    try {
      Duration longest = GoDuration.parse(text);
      if (longest.compareTo(SHORTEST) >= 0) {
        return longest;
      }
      why = "is too short; use at least 1s, or unset it for no limit";
    } catch (IllegalArgumentException malformed) {
      why = "is not a duration; use Go syntax such as 30m or 24h";
    }
    throw refusal("LAB_TOKEN_MAX_TTL", text, why);
  }

  private static boolean checkedSwitch(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw refusal("LAB_TOKEN_ALLOW_FOREVER", text, "is not a boolean; use true or false");
    };
  }

  private static ConfigurationException refusal(String variable, String value, String why) {
    return new ConfigurationException(
        "%s is invalid: '%s' %s".formatted(variable, Printable.line(value), why));
  }

  /** The default of a request without {@code ttl}. */
  Duration standard() {
    return longest.filter(bound -> bound.compareTo(DEFAULT) < 0).orElse(DEFAULT);
  }

  /**
   * @param ttl zero for a token that never expires
   * @param now the start of the time to live
   * @return whole seconds
   */
  static Optional<Instant> expiry(Duration ttl, Instant now) {
    return ttl.isZero()
        ? Optional.empty()
        : Optional.of(now.plus(ttl).truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * @throws ProblemException (400) naming {@code ttl} and the accepted values
   */
  Duration checked(String text) {
    Duration ttl;
    try {
      ttl = GoDuration.parse(text);
    } catch (IllegalArgumentException malformed) {
      String masked = SecretMask.masked(text);
      // Go's message also repeats the unit, which would be most of a token secret.
      String why =
          masked.equals(text)
              ? malformed.getMessage()
              : "time: invalid duration \"%s\"".formatted(masked);
      throw bad(why, "Go syntax such as 30m, 1h30m or 24h" + orForever());
    }
    if (ttl.isNegative()) {
      throw bad(
          "'%s' is negative (kubeadm would create a token that never expires)".formatted(text),
          accepted());
    }
    if (ttl.isZero()) {
      if (!forever) {
        throw bad("this service does not allow tokens that never expire", accepted());
      }
      return ttl;
    }
    if (ttl.compareTo(SHORTEST) < 0) {
      throw bad(
          "'%s' is too short (kubeadm would create an expired token)".formatted(text), accepted());
    }
    if (longest.isPresent() && ttl.compareTo(longest.get()) > 0) {
      throw bad("'%s' is out of range".formatted(text), accepted());
    }
    return ttl;
  }

  private String accepted() {
    return longest.map(bound -> "1s to " + GoDuration.format(bound)).orElse("at least 1s")
        + orForever();
  }

  private String orForever() {
    return forever ? ", or 0 for a token that never expires" : "";
  }

  private static ProblemException bad(String detail, String accepted) {
    return new ProblemException(Problem.badField("ttl", detail, accepted));
  }
}
