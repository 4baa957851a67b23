package io.podlab.token.kubeadm;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.TokenRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The fields of {@code POST /tokens}, with the rules and error texts of kubeadm
 * (apis/kubeadm/validation).
 *
 * @param token {@code ID.SECRET}; empty for a random one
 * @param ttl time to live; zero for a token that never expires
 * @param usages sorted, without duplicates
 * @param groups in the order of the request
 * @param description may be empty
 */
record TokenRequest(
    Optional<String> token,
    Duration ttl,
    List<String> usages,
    List<String> groups,
    String description) {
  private static final RequestFields FIELDS =
      new RequestFields(
          List.of("token", "ttl", "usages", "groups", "description"),
          Set.of("usages", "groups"),
          "ttl=2h&description=lab");
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9:_, -]{0,80}");

  TokenRequest {
    usages = List.copyOf(usages);
    groups = List.copyOf(groups);
  }

  /**
   * Parses a JSON object or form fields. An empty body means a token with all defaults.
   *
   * @throws ProblemException (400) naming the invalid field and the accepted values
   */
  static TokenRequest parse(boolean json, String body, TtlLimits limits) {
    return of(FIELDS.parse(json, body), limits);
  }

  /**
   * The token of this request.
   *
   * @param value {@code ID.SECRET}
   * @param now the start of its time to live
   */
  BootstrapToken toToken(String value, Instant now) {
    String[] parts = value.split("\\.");
    return new BootstrapToken(
        parts[0], parts[1], TtlLimits.expiry(ttl, now), usages, groups, description);
  }

  private static TokenRequest of(Map<String, List<String>> fields, TtlLimits limits) {
    List<String> usages = orDefault(fields.get("usages"), BootstrapToken.DEFAULT_USAGES);
    List<String> groups = orDefault(fields.get("groups"), BootstrapToken.DEFAULT_GROUPS);
    Optional<String> token = single(fields, "token").map(TokenRequest::checkedToken);
    Duration ttl = single(fields, "ttl").map(limits::checked).orElseGet(limits::standard);
    return new TokenRequest(
        token,
        ttl,
        checkedUsages(usages),
        checkedGroups(groups, usages, fields.containsKey("groups")),
        checkedDescription(single(fields, "description").orElse("")));
  }

  private static Optional<String> single(Map<String, List<String>> fields, String name) {
    return Optional.ofNullable(fields.get(name)).map(values -> values.get(0));
  }

  /** An empty list means the defaults, as with kubeadm. */
  private static List<String> orDefault(List<String> given, List<String> standard) {
    return given == null || given.isEmpty() ? standard : given;
  }

  private static String checkedToken(String token) {
    if (!BootstrapToken.FORM.matcher(token).matches()) {
      // kubeadm repeats the value here. It may be a real token with a typo, so we do not.
      throw bad(
          "token",
          "the bootstrap token was not of the form \"\\\\A([a-z0-9]{6})\\\\.([a-z0-9]{16})\\\\z\"",
          "6 characters of a-z and 0-9, a dot, and 16 more, or no token for a random one");
    }
    return token;
  }

  private static List<String> checkedUsages(List<String> usages) {
    Set<String> unknown = new TreeSet<>(usages);
    unknown.removeAll(TokenRules.USAGES);
    if (!unknown.isEmpty()) {
      throw bad(
          "usages",
          "invalid bootstrap token usage string: %s, valid usage options: signing,authentication"
              .formatted(shown(String.join(",", unknown))),
          "authentication, or signing,authentication (the default)");
    }
    return List.copyOf(new TreeSet<>(usages));
  }

  /**
   * @param given whether the request contains groups; otherwise they are kubeadm's default
   */
  private static List<String> checkedGroups(
      List<String> groups, List<String> usages, boolean given) {
    if (!usages.contains("authentication")) {
      throw bad(
          "groups",
          "token groups cannot be specified unless --usages includes \"authentication\"",
          given
              ? "usages=authentication or usages=signing,authentication"
              : "usages=authentication or usages=signing,authentication (kubeadm's default group"
                  + " needs authentication)");
    }
    if (groups.size() > TokenRules.MOST_GROUPS) {
      throw bad("groups", "too many groups", "at most %d groups".formatted(TokenRules.MOST_GROUPS));
    }
    for (String group : groups) {
      if (!TokenRules.isGroup(group)) {
        throw bad(
            "groups",
            "bootstrap group \"%s\" is invalid (must match %s)"
                .formatted(shown(group), TokenRules.GROUP_FORM),
            "groups such as system:bootstrappers:my-nodes");
      }
    }
    return groups;
  }

  /** Hides text that is long, contains control characters, or may be a token. */
  private static String shown(String given) {
    return HARMLESS.matcher(given).matches() ? given : "…";
  }

  private static String checkedDescription(String description) {
    if (!TokenRules.isDescription(description)) {
      throw bad(
          "description",
          "the value is too long or contains control characters",
          "one line of at most " + TokenRules.LONGEST_DESCRIPTION + " bytes");
    }
    return description;
  }

  private static ProblemException bad(String field, String detail, String accepted) {
    return new ProblemException(Problem.badField(field, detail, accepted));
  }
}
