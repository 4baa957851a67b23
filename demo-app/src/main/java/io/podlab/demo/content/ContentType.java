package io.podlab.demo.content;

import io.vertx.core.http.impl.MimeMapping;

/** Of what kind a file is, by the end of its name. */
final class ContentType {
  private ContentType() {}

  /** For example {@code text/html;charset=UTF-8}; bytes for what nobody knows. */
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
