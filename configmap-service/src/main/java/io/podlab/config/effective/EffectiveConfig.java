package io.podlab.config.reload;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.config.http.PlainText;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/**
 * The answer to {@code GET /config}.
 *
 * @param revision changes with any key or value
 * @param loadedAt when this revision took effect
 * @param source the directory it comes from
 * @param data keys and values, by key
 * @param binaryData values that are not text, in base64
 */
public record EffectiveConfig(
    String revision,
    Instant loadedAt,
    String source,
    SortedMap<String, String> data,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> binaryData)
    implements PlainText {
  static EffectiveConfig of(Loaded loaded, String source) {
    return new EffectiveConfig(
        loaded.snapshot().revision(),
        loaded.at(),
        source,
        loaded.snapshot().data(),
        loaded.snapshot().binaryData());
  }

  /**
   * A comment with revision, time and source, then {@code key: value}; long values are indented.
   */
  @Override
  public String plainText() {
    StringBuilder text = new StringBuilder();
    text.append("# revision %s, loaded %s from %s\n".formatted(revision, loadedAt, source));
    for (Map.Entry<String, String> entry : data.entrySet()) {
      String value = entry.getValue().stripTrailing();
      text.append(entry.getKey()).append(":");
      if (value.contains("\n")) {
        value.lines().forEach(line -> text.append("\n  ").append(line));
      } else {
        text.append(value.isEmpty() ? "" : " ").append(value);
      }
      text.append('\n');
    }
    for (Map.Entry<String, String> entry : binaryData.entrySet()) {
      text.append(entry.getKey()).append(": (base64) ").append(entry.getValue()).append('\n');
    }
    return text.toString();
  }
}
