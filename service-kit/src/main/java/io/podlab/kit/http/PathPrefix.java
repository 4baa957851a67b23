package io.podlab.kit.http;

import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * A prefix below which a service also answers, for a proxy that does not strip it. A service that
 * has one produces it as a bean. {@link RequestTargetFilter} removes it from each request.
 *
 * @param path for example {@code /demo}; empty for no prefix
 */
public record PathPrefix(String path) {
  /** For a service without a prefix. */
  public static final PathPrefix NONE = new PathPrefix("");

  private static final Pattern FORM = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+");

  /**
   * @throws IllegalArgumentException if the path is not empty and not normal, or ends with a slash
   */
  public PathPrefix {
    if (!path.isEmpty()) {
      check(path);
    }
  }

  private static void check(String path) {
    if (!FORM.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "is not a path prefix; use a path of letters, digits and - . _ ~, such as /demo");
    }
  }

  /**
   * @throws IllegalArgumentException if the text is empty, is not a path, or needs percent-encoding
   */
  static PathPrefix of(String text) {
    String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    check(path);
    return new PathPrefix(path);
  }

  /**
   * Removes the prefix.
   *
   * @param target a normal target, which begins with a slash
   * @return the same target if it does not begin with the prefix
   */
  String removedFrom(String target) {
    if (path.isEmpty() || !target.startsWith(path)) {
      return target;
    }
    String rest = target.substring(path.length());
    if (rest.startsWith("/")) {
      return rest;
    }
    return rest.isEmpty() || rest.startsWith("?") ? "/" + rest : target;
  }

  /** Reads the setting of a service. */
  public static final class Setting implements Converter<PathPrefix> {
    private static final long serialVersionUID = 1L;

    @Override
    public PathPrefix convert(String text) {
      return of(text);
    }
  }
}
