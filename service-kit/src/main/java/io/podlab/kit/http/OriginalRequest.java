package io.podlab.kit.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** The target and headers of a request as the client sent them, before filters replaced them. */
public final class OriginalRequest {
  private static final String TARGET = OriginalRequest.class.getName() + ".target";
  private static final String HEADERS = OriginalRequest.class.getName() + ".headers";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** The number of characters in {@code %E4}. */
  private static final int CHARACTERS_PER_BYTE = 3;

  private OriginalRequest() {}

  /** The request target before {@link RequestTarget} normalized it. */
  public static String target(RoutingContext context) {
    String kept = context.get(TARGET);
    return kept == null ? context.request().uri() : kept;
  }

  static boolean isTargetKept(RoutingContext context) {
    return context.get(TARGET) != null;
  }

  static void keepTarget(RoutingContext context) {
    // With HTTP/2, CONNECT has no target.
    context.put(TARGET, text(Objects.requireNonNullElse(context.request().uri(), "")));
  }

  /** The headers in their original order and case. */
  public static MultiMap headers(RoutingContext context) {
    MultiMap kept = context.get(HEADERS);
    return kept == null ? context.request().headers() : kept;
  }

  /** Copies all headers, because replacing a single one would lose their order. */
  static void keepHeaders(RoutingContext context) {
    MultiMap headers = context.request().headers();
    context.put(HEADERS, MultiMap.caseInsensitiveMultiMap().addAll(headers));
  }

  /**
   * The version of HTTP, as in a request line: {@code HTTP/1.1}, or {@code HTTP/2}.
   *
   * @param version null if Vert.x does not know it
   */
  public static String protocol(HttpVersion version) {
    if (version == null) {
      return "HTTP/?";
    }
    return switch (version) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_2 -> "HTTP/2";
    };
  }

  /**
   * Decodes a target or header as UTF-8. A byte that is not valid UTF-8 becomes, for example,
   * {@code %E4}.
   *
   * @param sent one character per byte, as Vert.x passes it
   */
  public static String text(String sent) {
    ByteBuffer bytes = ByteBuffer.wrap(sent.getBytes(StandardCharsets.ISO_8859_1));
    CharBuffer text = CharBuffer.allocate(CHARACTERS_PER_BYTE * bytes.remaining());
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = utf8.decode(bytes, text, true);
    while (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        text.append('%').append(HEX.toHexDigits(bytes.get()));
      }
      result = utf8.decode(bytes, text, true);
    }
    return text.flip().toString();
  }
}
