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
  static final PathPrefix NONE = new PathPrefix("");

  private static final Pattern FORM = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+/?");

  /**
   * @throws IllegalArgumentException if the text is not a path, or needs percent-encoding
   */
  static PathPrefix of(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "is not a path prefix; use a path of letters, digits and - . _ ~, such as /demo");
    }
    return new PathPrefix(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  /** The first segment, for example {@code demo}. */
  public String firstSegment() {
    return path.split("/", 3)[1];
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
