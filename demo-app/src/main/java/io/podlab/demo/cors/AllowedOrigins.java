package io.podlab.demo.cors;

import io.podlab.kit.settings.CommaSeparated;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * The origins whose scripts can read answers.
 *
 * @param origins as a browser sends them; only {@code *} allows every origin
 */
public record AllowedOrigins(Set<String> origins) {
  private static final String ANY = "*";
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?<origin>(?<scheme>[a-z][a-z0-9+.-]*)://([a-z0-9._-]+|\\[[0-9a-f:.]+]))"
              + "(:(?<port>[1-9]\\d{0,4}))?");

  public AllowedOrigins {
    origins = Set.copyOf(origins);
  }

  /**
   * @throws IllegalArgumentException if an item is not an origin, or {@code *} is not the only item
   */
  static AllowedOrigins of(String text) {
    List<String> items = CommaSeparated.of(text).items();
    return items.equals(List.of(ANY))
        ? new AllowedOrigins(Set.of(ANY))
        : new AllowedOrigins(
            items.stream().map(AllowedOrigins::origin).collect(Collectors.toSet()));
  }

  /** In lower case and without the default port, as a browser sends it. */
  private static String origin(String item) {
    Matcher form = ORIGIN.matcher(item.toLowerCase(Locale.ROOT));
    if (!form.matches()
        || form.group("port") != null && Integer.parseInt(form.group("port")) > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "is not a list of origins; use *, or origins without a path, such as"
              + " https://example.org,http://localhost:3000");
    }
    String origin = form.group("origin");
    String port = form.group("port");
    return port == null || port.equals(defaultPort(form.group("scheme")))
        ? origin
        : origin + ":" + port;
  }

  private static String defaultPort(String scheme) {
    return switch (scheme) {
      case "http" -> "80";
      case "https" -> "443";
      default -> "";
    };
  }

  boolean any() {
    return origins.contains(ANY);
  }

  /**
   * @param origin the header of a request, or null
   */
  boolean allow(String origin) {
    return origin != null && (any() || origins.contains(origin));
  }

  /** Reads the setting. */
  public static final class Setting implements Converter<AllowedOrigins> {
    private static final long serialVersionUID = 1L;

    @Override
    public AllowedOrigins convert(String text) {
      return of(text);
    }
  }
}
