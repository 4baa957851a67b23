package io.podlab.kit.testing;

import java.util.List;

/** Equivalent spellings of a path. */
public final class Spellings {
  private Spellings() {}

  /**
   * @param path in normal form, not {@code /}
   */
  public static List<String> of(String path) {
    String inside = path.substring(1);
    int slash = inside.indexOf('/');
    String encoded =
        "/%" + Integer.toHexString(inside.charAt(0)) + inside.substring(1).replace("-", "%2D");
    String doubled =
        slash < 0
            ? "/" + path + "//"
            : path.substring(0, slash + 1) + "/" + path.substring(slash + 1);
    return List.of(
        "/" + path,
        "///" + path,
        path + "/",
        path + "//",
        doubled,
        encoded,
        "/" + encoded + "/",
        "/." + path,
        "/./" + path,
        "/.." + path,
        "/../.." + path,
        "/x/.." + path,
        "/x/y/../.." + path,
        "/%2e" + path,
        "/%2E%2e" + path,
        "/x/%2e%2E" + path,
        "/x/.%2e" + path,
        "/%7Bx%7D/.." + path,
        "/{x}/.." + path,
        "/x%2F/.." + path,
        path + "/.",
        path + "/./",
        path + "/%2E",
        path + "/x/..",
        path + "/x/%2e%2e/",
        path + "?",
        path + "/?x=/y",
        "http://other" + path,
        "HTTP://other:1/" + path,
        "https://other" + path,
        "http://user@other" + path + "?x",
        "http://other/x/.." + path);
  }
}
