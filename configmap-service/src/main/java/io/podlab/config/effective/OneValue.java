package io.podlab.config.effective;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.config.reload.State;
import io.podlab.config.source.SourceName;
import io.podlab.kit.http.PlainText;
import java.util.Optional;

/**
 * The answer to {@code GET /config/{key}}. As text, it is the value itself.
 *
 * @param value the text, or base64 if the value is not UTF-8
 * @param base64 whether {@code value} is base64
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OneValue(String key, String value, boolean base64, SourceName source, String revision)
    implements PlainText {
  static Optional<OneValue> of(State state, String key) {
    String revision = state.loaded().snapshot().revision();
    return Optional.ofNullable(state.loaded().settings().values().get(key))
        .map(value -> new OneValue(key, value, false, state.source(), revision))
        .or(
            () ->
                Optional.ofNullable(state.loaded().snapshot().binaryData().get(key))
                    .map(value -> new OneValue(key, value, true, state.source(), revision)));
  }

  @Override
  public String plainText() {
    return value.endsWith("\n") ? value : value + "\n";
  }
}
