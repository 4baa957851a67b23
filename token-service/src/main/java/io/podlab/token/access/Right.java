package io.podlab.token.access;

import jakarta.ws.rs.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request exercises: the right that kubectl would need on the Secrets of kube-system.
 *
 * @param name of the one Secret it is about; empty for any
 */
record Right(Verb verb, Optional<String> name) {
  enum Verb {
    CREATE,
    LIST,
    GET,
    DELETE;

    /** As RBAC writes it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing is changed by it. */
    boolean reads() {
      return this == LIST || this == GET;
    }
  }

  static final String NAMESPACE = "kube-system";

  private static final Pattern ID = Pattern.compile("([a-z0-9]{6})(\\.[a-z0-9]{16})?");

  /**
   * The right for an endpoint; empty for one that is open to everybody.
   *
   * @param template its path with {@code {}} for what differs, for example {@code /tokens/{}}
   * @param token the id or the token that the path names; empty if it names none
   * @throws IllegalStateException for an endpoint that is missing here: it stays closed
   */
  static Optional<Right> of(String method, String template, String token) {
    return switch (method.equals("HEAD") ? "GET " + template : method + " " + template) {
      case "GET /ca/hash", "POST /ca/hash", "GET /ca.crt" -> Optional.empty();
      case "POST /tokens", "POST /tokens/generate", "POST /tokens/join-command" ->
          Optional.of(new Right(Verb.CREATE, Optional.empty()));
      case "GET /tokens", "GET /cluster-info" ->
          Optional.of(new Right(Verb.LIST, Optional.empty()));
      case "GET /tokens/{}" -> Optional.of(new Right(Verb.GET, secretName(token)));
      case "DELETE /tokens/{}" -> Optional.of(new Right(Verb.DELETE, secretName(token)));
      default ->
          throw new IllegalStateException("no right is defined for " + method + " " + template);
    };
  }

  /**
   * The path of an endpoint.
   *
   * @param ofMethod null if the class has said it all
   */
  static String template(Path ofClass, Path ofMethod) {
    String whole = ofClass.value() + "/" + (ofMethod == null ? "" : ofMethod.value());
    return ("/" + whole)
        .replaceAll("/+", "/")
        .replaceAll("(?<=.)/$", "")
        .replaceAll("\\{[^}]*}", "{}");
  }

  /** What names no token is a matter of all of them. */
  private static Optional<String> secretName(String token) {
    Matcher matcher = ID.matcher(token);
    return matcher.matches()
        ? Optional.of("bootstrap-token-" + matcher.group(1))
        : Optional.empty();
  }

  /** {@code cannot get secrets "bootstrap-token-abcdef" in the namespace "kube-system"}. */
  String denial() {
    return "cannot %s secrets%s in the namespace \"%s\""
        .formatted(verb.word(), name.map(one -> " \"" + one + "\"").orElse(""), NAMESPACE);
  }
}
