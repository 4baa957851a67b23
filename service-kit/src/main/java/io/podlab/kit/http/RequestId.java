package io.podlab.kit.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * Gives each request an id: the trace id of {@code traceparent} (W3C Trace Context), otherwise the
 * {@code X-Request-Id} of the client, otherwise a new id. The answer returns it in {@code
 * X-Request-Id}. JSON log lines have it as {@code requestId} in {@code mdc}, and problem details as
 * {@code requestId}.
 *
 * <p>Filters that answer before this class creates an id, such as those for probes and for {@code
 * GET /} of demo-app, return only the id that the client sent. A new id would slow them down
 * noticeably.
 */
@Singleton
public final class RequestId {
  /** The key in {@code mdc} of JSON log lines, and the member of problem details. */
  public static final String FIELD = "requestId";

  static final int LONGEST = 128;

  /** Before the filters that answer or record requests. */
  private static final int SENT = 9_000;

  /** After the filters that answer. */
  private static final int NEW = 700;

  private static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");
  private static final CharSequence TRACE_PARENT = HttpHeaders.createOptimized("traceparent");

  /** Version 00 has exactly these four fields; later versions may have more. */
  private static final Pattern TRACE =
      Pattern.compile(
          "(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  /** The service logs ids, but must never log a token, even one in the wrong header. */
  private static final Pattern BOOTSTRAP_TOKEN = Pattern.compile("[a-z0-9]{6}\\.[a-z0-9]{16}");

  private static final HexFormat HEX = HexFormat.of();

  void register(@Observes Filters filters) {
    filters.register(RequestId::takeSent, SENT);
    filters.register(RequestId::makeNew, NEW);
  }

  private static void takeSent(RoutingContext context) {
    sent(context.request()).ifPresent(id -> give(context, id));
    context.next();
  }

  private static void makeNew(RoutingContext context) {
    ensure(context);
    context.next();
  }

  /** The id of the request; creates one if it has none. */
  public static String ensure(RoutingContext context) {
    String existing = of(context.response());
    if (existing != null) {
      return existing;
    }
    String made = made();
    give(context, made);
    return made;
  }

  private static void give(RoutingContext context, String id) {
    MDC.put(FIELD, id);
    context.response().putHeader(HEADER, id);
  }

  /** The id in the headers of an answer, or null. */
  public static String of(HttpServerResponse response) {
    return response.headers().get(HEADER);
  }

  /** The id of the request that this thread handles, or null. */
  public static String current() {
    return (String) MDC.get(FIELD);
  }

  /** The id that the client sent; empty if it sent no valid id. */
  public static Optional<String> sent(HttpServerRequest request) {
    MultiMap headers = request.headers();
    String traceParent = headers.get(TRACE_PARENT);
    String requestId = headers.get(HEADER);
    return traceParent == null && requestId == null
        ? Optional.empty()
        : sent(traceParent, requestId);
  }

  /**
   * @param traceParent the header, or null
   * @param requestId the header, or null
   */
  static Optional<String> sent(String traceParent, String requestId) {
    if (traceParent != null) {
      Matcher trace = TRACE.matcher(traceParent);
      if (trace.matches()) {
        return Optional.of(trace.group(1));
      }
    }
    return Optional.ofNullable(requestId).filter(RequestId::isPlain);
  }

  /** Whether the id is short, printable ASCII without spaces, and not a bootstrap token. */
  private static boolean isPlain(String id) {
    return !id.isEmpty()
        && id.length() <= LONGEST
        && id.chars().allMatch(character -> character > ' ' && character <= '~')
        && !BOOTSTRAP_TOKEN.matcher(id).find();
  }

  /** A random id with the format of a trace id. */
  private static String made() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
  }
}
