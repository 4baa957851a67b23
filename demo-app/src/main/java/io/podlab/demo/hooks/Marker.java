package io.podlab.demo.hooks;

import io.podlab.kit.http.PlainText;
import io.podlab.kit.text.Printable;
import java.time.Instant;

/**
 * The file that a postStart hook wrote.
 *
 * @param content at most the first 64 KiB
 * @param writtenAt modification time of the file
 */
public record Marker(String content, Instant writtenAt) implements PlainText {
  @Override
  public String plainText() {
    return Printable.text(content);
  }
}
