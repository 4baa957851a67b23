package io.podlab.kit.http;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.common.util.MediaTypeHelper;

/** A media type of an answer. */
public enum Representation {
  TEXT(MediaType.TEXT_PLAIN),
  JSON(MediaType.APPLICATION_JSON),
  HTML(MediaType.TEXT_HTML),
  /** RFC 9512. */
  YAML("application/yaml"),
  /** An endless stream, so only for a client that names it. */
  EVENTS(MediaType.SERVER_SENT_EVENTS),
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private static final Pattern REFUSED = Pattern.compile("0(\\.0*)?");

  private final String header;
  private final MediaType type;

  Representation(String header) {
    this.header = header;
    this.type = MediaType.valueOf(header);
  }

  /** The {@code Accept} header that requests only this representation. */
  String header() {
    return header;
  }

  /**
   * The representation that the client prefers.
   *
   * @param offered in the server's order of preference; a client without a preference, or with a
   *     header that cannot be parsed, gets the first
   * @param accept the {@code Accept} header, or null
   * @return empty if the header accepts none of them
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
        .filter(type -> !REFUSED.matcher(type.getParameters().getOrDefault("q", "1")).matches())
        .flatMap(type -> offered.stream().filter(one -> one.satisfies(type)).limit(1))
        .findFirst();
  }

  private boolean satisfies(MediaType wanted) {
    boolean compatible = type.isCompatible(wanted);
    return switch (this) {
      case TEXT, HTML, YAML, OPEN_METRICS -> compatible;
      case JSON -> compatible || wanted.getSubtype().endsWith("+json");
      case EVENTS -> compatible && !wanted.isWildcardSubtype();
    };
  }
}
