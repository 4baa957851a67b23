package io.podlab.kit.http;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;

/** A form in which an answer is given. */
public enum Representation {
  TEXT(MediaType.TEXT_PLAIN),
  JSON(MediaType.APPLICATION_JSON),
  HTML(MediaType.TEXT_HTML),
  /** A stream without an end: only for a client that names it. */
  EVENTS(MediaType.SERVER_SENT_EVENTS),
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private static final String OPEN_METRICS_SUBTYPE = "openmetrics-text";

  private final String header;

  Representation(String header) {
    this.header = header;
  }

  /** The {@code Accept} header that asks for this representation and nothing else. */
  String header() {
    return header;
  }

  /**
   * The representation that a client wants most.
   *
   * @param offered in the server's order of preference; the first one is for clients that do not
   *     care, and for headers that cannot be parsed
   * @param accept the {@code Accept} header, or null
   * @return empty if the header names none of them
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-accept">RFC 9110, Accept</a>
   */
  public static Optional<Representation> choose(List<Representation> offered, String accept) {
    Optional<Representation> first = offered.stream().findFirst();
    if (accept == null) {
      return first;
    }
    List<MediaType> wanted;
    try {
      wanted = MediaTypeHelper.parseHeader(accept);
    } catch (RuntimeException malformed) {
      return first;
    }
    if (wanted.isEmpty()) {
      return first;
    }
    MediaTypeHelper.sortByWeight(wanted);
    return wanted.stream()
        .flatMap(type -> offered.stream().filter(one -> one.satisfies(type)).limit(1))
        .findFirst();
  }

  private boolean satisfies(MediaType wanted) {
    if (this == EVENTS) {
      return MediaType.SERVER_SENT_EVENTS_TYPE.isCompatible(wanted)
          && !wanted.isWildcardType()
          && !wanted.isWildcardSubtype();
    }
    if (wanted.isWildcardType()) {
      return true;
    }
    String subtype = wanted.getSubtype();
    return switch (this) {
      case TEXT -> wanted.getType().equals("text") && (subtype.equals("plain") || isAny(wanted));
      case HTML -> wanted.getType().equals("text") && subtype.equals("html");
      case JSON ->
          wanted.getType().equals("application")
              && (subtype.equals("json") || subtype.endsWith("+json") || isAny(wanted));
      case OPEN_METRICS -> subtype.equals(OPEN_METRICS_SUBTYPE);
      case EVENTS -> false;
    };
  }

  private static boolean isAny(MediaType wanted) {
    return wanted.isWildcardSubtype();
  }
}
