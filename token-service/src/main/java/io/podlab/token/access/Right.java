package io.podlab.token.access;

import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A permission that a request needs: one that kubectl would need on Secrets in kube-system.
 *
 * @param name the name of the Secret; empty for a permission on all of them
 */
record Right(Verb verb, Optional<String> name) {
  enum Verb {
    CREATE,
    LIST,
    GET,
    PATCH,
    DELETE;

    /** The verb as in an RBAC rule. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean reads() {
      return this == LIST || this == GET;
    }
  }

  static final String NAMESPACE = "kube-system";

  private static final Pattern ID = Pattern.compile("([a-z0-9]{6})(\\.[a-z0-9]{16})?");

  /**
   * The permissions for an endpoint; empty for an endpoint that needs no token.
   *
   * @param template the path with {@code {}} for each parameter, for example {@code /tokens/{}}
   * @param token the token ID or token in the path; empty if there is none
   * @throws IllegalStateException for an unlisted endpoint, so that a new one is closed by default
   */
  static List<Right> of(String method, String template, String token) {
    return switch (method.equals("HEAD") ? "GET " + template : method + " " + template) {
      case "GET /ca/hash", "POST /ca/hash", "GET /ca.crt" -> List.of();
      case "POST /tokens", "POST /tokens/generate", "POST /tokens/join-command" ->
          List.of(new Right(Verb.CREATE, Optional.empty()));
      case "GET /tokens", "GET /cluster-info" -> List.of(new Right(Verb.LIST, Optional.empty()));
      case "GET /tokens/{}", "GET /tokens/{}/join-command", "GET /tokens/{}/discovery-file" ->
          List.of(new Right(Verb.GET, secretName(token)));
      // As kubectl patch, which reads the object first.
      case "PATCH /tokens/{}" ->
          List.of(new Right(Verb.GET, secretName(token)), new Right(Verb.PATCH, secretName(token)));
      // As kubectl delete with a selector, which lists the objects and deletes each one.
      case "DELETE /tokens" ->
          List.of(new Right(Verb.LIST, Optional.empty()), new Right(Verb.DELETE, Optional.empty()));
      case "DELETE /tokens/{}" -> List.of(new Right(Verb.DELETE, secretName(token)));
      default ->
          throw new IllegalStateException(
              "no permission is defined for " + method + " " + template);
    };
  }

  /**
   * The path template of an endpoint.
   *
   * @param ofMethod null if the method has no {@code @Path}
   */
  static String template(Path ofClass, Path ofMethod) {
    String whole = ofClass.value() + "/" + (ofMethod == null ? "" : ofMethod.value());
    return ("/" + whole)
        .replaceAll("/+", "/")
        .replaceAll("(?<=.)/$", "")
        .replaceAll("\\{[^}]*}", "{}");
  }

  /** Empty for a path that contains neither a token ID nor a token. */
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
