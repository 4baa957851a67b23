package io.podlab.demo.responseheaders;

import io.podlab.demo.parameter.RequestParameter;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import jakarta.ws.rs.core.MediaType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads response headers from the query of a request, in their order and spelling. */
final class RequestedHeaders {
  static final int MOST = 50;

  private static final String CONTENT_TYPE = "content-type";

  /** A token of RFC 9110, section 5.6.2. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** A field value of RFC 9110, section 5.5, without the obsolete characters outside ASCII. */
  private static final Pattern VALUE = Pattern.compile("([!-~]([\t -~]*[!-~])?)?");

  /** They frame the message, belong to the connection, or are set by this service. */
  private static final Set<String> REFUSED =
      new TreeSet<>(
          Set.of(
              "connection",
              "content-length",
              "keep-alive",
              "proxy-connection",
              "te",
              "trailer",
              "transfer-encoding",
              "upgrade",
              "x-request-id"));

  private RequestedHeaders() {}

  /**
   * @param query encoded like a form, or null
   */
  static Map<String, List<String>> of(String query) {
    String[] pairs = query == null || query.isEmpty() ? new String[0] : query.split("&", -1);
    if (pairs.length == 0 || pairs.length > MOST) {
      throw new ProblemException(
          Problem.badField(
              "query",
              pairs.length == 0 ? "it is empty" : "it has %d headers".formatted(pairs.length),
              "1 to %d headers such as ?Retry-After=5".formatted(MOST)));
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      check(name, value);
      if (name.equalsIgnoreCase(CONTENT_TYPE) && contentType(headers).isPresent()) {
        throw new ProblemException(Problem.badField(name, "it occurs twice", "one value"));
      }
      headers.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    }
    return headers;
  }

  /** The value of the header Content-Type, which occurs at most once. */
  static Optional<MediaType> contentType(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(CONTENT_TYPE))
        .map(header -> mediaType(header.getKey(), header.getValue().get(0)))
        .findFirst();
  }

  private static MediaType mediaType(String name, String value) {
    try {
      return MediaType.valueOf(value);
    } catch (RuntimeException malformed) {
      throw RequestParameter.refused(
          name, value, "is not a media type", "a media type such as text/html");
    }
  }

  private static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw RequestParameter.refused(
          "query", name, "is not a header name", "letters, digits and hyphens, such as X-Name");
    }
    if (REFUSED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new ProblemException(
          Problem.badField(
              name, "it cannot be set", "any header except " + String.join(", ", REFUSED)));
    }
    if (!VALUE.matcher(value).matches()) {
      throw RequestParameter.refused(
          name,
          value,
          "is not a header value",
          "printable ASCII without spaces at the beginning or end");
    }
  }

  private static String decoded(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
