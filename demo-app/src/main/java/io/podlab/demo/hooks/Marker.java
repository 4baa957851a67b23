package io.podlab.demo.hooks;

import io.podlab.kit.http.PlainText;
import io.podlab.kit.text.Printable;
import java.time.Instant;

/**
 * What a postStart hook has written.
 *
 * @param content at most the first 64 KiB
 * @param writtenAt by the file system's clock
 */
public record Marker(String content, Instant writtenAt) implements PlainText {
  @Override
  public String plainText() {
    return Printable.text(content);
  }
}
