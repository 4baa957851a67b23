package io.podlab.demo.echo;

import com.fasterxml.jackson.annotation.JsonValue;
import io.podlab.kit.http.PlainText;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The headers of a request. JSON has a list of values per name, because a name can occur twice. */
public record Headers(@JsonValue Map<String, List<String>> values) implements PlainText {
  public Headers {
    values = Collections.unmodifiableMap(values);
  }

  @Override
  public String plainText() {
    return RequestHeaders.plainText(values);
  }
}
