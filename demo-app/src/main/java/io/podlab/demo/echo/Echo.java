package io.podlab.demo.echo;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.http.PlainText;
import io.podlab.kit.text.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request as it arrived.
 *
 * @param target path and query as they arrived; a proxy can send a whole URL
 * @param query text after the question mark, not decoded; absent without a question mark
 * @param headers values by name, in the order of arrival
 * @param body as text; absent if the request has no body or the body is not UTF-8
 * @param bodyBase64 the body in base64 if it is not UTF-8
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Echo(
    String method,
    String target,
    String path,
    Optional<String> query,
    String protocol,
    Map<String, List<String>> headers,
    Optional<String> body,
    Optional<String> bodyBase64)
    implements PlainText {

  private static final Pattern SCHEME_AND_HOST = Pattern.compile("(?i)^https?://[^/?#]*");

  public Echo {
    headers = java.util.Collections.unmodifiableMap(headers);
  }

  static Echo of(
      String method,
      String target,
      String protocol,
      Map<String, List<String>> headers,
      byte[] body) {
    String[] parts = SCHEME_AND_HOST.matcher(target).replaceFirst("").split("\\?", 2);
    Optional<String> text = body.length == 0 ? Optional.empty() : utf8(body);
    return new Echo(
        method,
        target,
        parts[0],
        parts.length == 1 ? Optional.empty() : Optional.of(parts[1]),
        protocol,
        headers,
        text,
        body.length == 0 || text.isPresent()
            ? Optional.empty()
            : Optional.of(Base64.getEncoder().encodeToString(body)));
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  /** The form of HTTP/1.1: request line, one line per header, an empty line, and the body. */
  @Override
  public String plainText() {
    String start = Printable.line("%s %s %s".formatted(method, target, protocol));
    StringBuilder text =
        new StringBuilder(start).append('\n').append(RequestHeaders.plainText(headers));
    body.map(Printable::text)
        .or(() -> bodyBase64.map(encoded -> "(base64) " + encoded))
        .ifPresent(
            content -> {
              text.append('\n').append(content);
              if (!content.endsWith("\n")) {
                text.append('\n');
              }
            });
    return text.toString();
  }
}
