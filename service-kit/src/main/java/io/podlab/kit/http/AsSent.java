package io.podlab.kit.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What a client sent, of a request in which filters have put something else in its place. */
public final class AsSent {
  private static final String TARGET = AsSent.class.getName() + ".target";
  private static final String HEADERS = AsSent.class.getName() + ".headers";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** The longest form of a byte: {@code %E4}. */
  private static final int LONGEST = 3;

  private AsSent() {}

  /** The target of a request, in place of the normal form that it has now. */
  public static String target(RoutingContext context) {
    String kept = context.get(TARGET);
    return kept == null ? context.request().uri() : kept;
  }

  static boolean isTargetKept(RoutingContext context) {
    return context.get(TARGET) != null;
  }

  static void keepTarget(RoutingContext context) {
    context.put(TARGET, text(context.request().uri()));
  }

  /** The headers of a request, in their order and spelling. */
  public static MultiMap headers(RoutingContext context) {
    MultiMap kept = context.get(HEADERS);
    return kept == null ? context.request().headers() : kept;
  }

  /** All of them, not only the one that is to be replaced: their order is kept, too. */
  static void keepHeaders(RoutingContext context) {
    MultiMap headers = context.request().headers();
    context.put(HEADERS, MultiMap.caseInsensitiveMultiMap().addAll(headers));
  }

  /**
   * The text of a target or header: clients mean UTF-8, and a byte that is not is shown as {@code
   * %E4}.
   *
   * @param sent bytes as characters, which is how they arrive
   */
  public static String text(String sent) {
    ByteBuffer bytes = ByteBuffer.wrap(sent.getBytes(StandardCharsets.ISO_8859_1));
    CharBuffer text = CharBuffer.allocate(LONGEST * bytes.remaining());
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
