package io.podlab.kit.page;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * The page, which is one file: between two versions of a rollout no script meets the other's page.
 *
 * @param securityPolicy a Content-Security-Policy by which nothing runs but the page's own style
 *     and script, told by their hashes, and nothing is asked of another host
 */
public record Page(String html, String securityPolicy) {
  private static final String FIRST = "<script type=\"application/json\" id=\"first\">";

  /**
   * @param resource the name of the file
   * @param beside a class of the package that holds the file
   */
  public static Page read(String resource, Class<?> beside) {
    try (InputStream file = beside.getResourceAsStream(resource)) {
      return of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /** Of the whole text, with one style element and one script element. */
  public static Page of(String html) {
    return new Page(
        html,
        "default-src 'none'; style-src %s; script-src %s; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
            .formatted(hash(element(html, "style")), hash(element(html, "script"))));
  }

  /**
   * The page with what it shows first, in an element that is data and no script: so it shows
   * something where its stream comes late, or never.
   *
   * @param json what the stream would tell; no text in it can end the element
   */
  public String showing(String json) {
    return html.replace(FIRST, FIRST + json.replace("<", "\\u003c"));
  }

  /** What every answer with the page says. */
  public Map<String, String> headers() {
    return Map.of(
        "Content-Type", "text/html;charset=UTF-8",
        "Cache-Control", "no-store",
        "Vary", "accept",
        "Content-Security-Policy", securityPolicy,
        "Referrer-Policy", "no-referrer",
        "X-Content-Type-Options", "nosniff");
  }

  /** The answer of a resource. */
  public Response response() {
    Response.ResponseBuilder answer = Response.ok(html);
    headers().forEach(answer::header);
    return answer.build();
  }

  private static String element(String html, String name) {
    String begin = "<" + name + ">";
    int from = html.indexOf(begin) + begin.length();
    return html.substring(from, html.indexOf("</" + name + ">", from));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
