package io.podlab.token.kubeadm;

import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.text.Printable;
import io.podlab.token.bootstrap.SecretHalves;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a token may live.
 *
 * @param longest none if empty
 * @param forever whether it may never expire
 */
record TtlLimits(Optional<Duration> longest, boolean forever) {
  private static final Duration DEFAULT = Duration.ofHours(24);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /**
   * @throws ConfigurationException naming the variable that is invalid
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
      why = "it is under a second; leave it out for no bound";
    } catch (IllegalArgumentException malformed) {
      why = malformed.getMessage();
    }
    throw refusal("LAB_TOKEN_MAX_TTL", text, why);
  }

  private static boolean checkedSwitch(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refusal("LAB_TOKEN_ALLOW_FOREVER", text, "expected true or false");
    };
  }

  private static ConfigurationException refusal(String variable, String value, String why) {
    return new ConfigurationException(
        "%s=\"%s\" is invalid: %s".formatted(variable, Printable.line(value), why));
  }

  /** Of a request that names none. */
  Duration standard() {
    return longest.filter(bound -> bound.compareTo(DEFAULT) < 0).orElse(DEFAULT);
  }

  /**
   * @throws ProblemException (400) naming {@code ttl} and what is accepted
   */
  Duration checked(String text) {
    Duration ttl;
    try {
      ttl = GoDuration.parse(text);
    } catch (IllegalArgumentException malformed) {
      String masked = SecretHalves.masked(text);
      // Go repeats the unit alone too, which would be most of a half.
      String why =
          masked.equals(text)
              ? malformed.getMessage()
              : "time: invalid duration \"%s\"".formatted(masked);
      throw bad(why, "a Go duration such as 30m, 1h30m or 24h" + orForever());
    }
    if (ttl.isNegative()) {
      throw bad("it is negative (kubeadm would make a token that never expires)", accepted());
    }
    if (ttl.isZero()) {
      if (!forever) {
        throw bad("a token that never expires is not allowed here", accepted());
      }
      return ttl;
    }
    if (ttl.compareTo(SHORTEST) < 0) {
      throw bad(
          "it is under a second (kubeadm would make a token that is dead at birth)", accepted());
    }
    if (longest.isPresent() && ttl.compareTo(longest.get()) > 0) {
      throw bad("it is longer than is allowed here", accepted());
    }
    return ttl;
  }

  private String accepted() {
    return "at least 1s"
        + longest.map(bound -> ", at most " + GoDuration.format(bound)).orElse("")
        + orForever();
  }

  private String orForever() {
    return forever ? "; 0 for ever" : "";
  }

  private static ProblemException bad(String detail, String accepted) {
    return new ProblemException(Problem.badField("ttl", detail, accepted));
  }
}
