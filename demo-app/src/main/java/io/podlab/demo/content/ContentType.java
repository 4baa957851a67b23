package io.podlab.demo.content;

import io.vertx.core.http.impl.MimeMapping;

/** The media type of a file, from the suffix of its name. */
final class ContentType {
  private ContentType() {}

  /**
   * For example {@code text/html;charset=UTF-8}; {@code application/octet-stream} for an unknown
   * suffix.
   */
  static String of(String fileName) {
    String type = MimeMapping.getMimeTypeForFilename(fileName);
    if (type == null) {
      return "application/octet-stream";
    }
    return type.startsWith("text/") || type.equals("application/javascript")
        ? type + ";charset=UTF-8"
        : type;
  }
}
