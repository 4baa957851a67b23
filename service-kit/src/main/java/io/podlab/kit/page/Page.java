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
 * A page in one file. During a rollout, the HTML of one version never loads the script of another.
 *
 * @param securityPolicy a Content-Security-Policy that allows only the page's own style and script,
 *     by their hashes, and no requests to other hosts
 */
public record Page(String html, String securityPolicy) {
  private static final String FIRST = "<script type=\"application/json\" id=\"first\">";

  /**
   * @param beside a class in the package of the file
   */
  public static Page read(String resource, Class<?> beside) {
    try (InputStream file = beside.getResourceAsStream(resource)) {
      return of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /** A page from HTML with exactly one style element and one script element. */
  public static Page of(String html) {
    return new Page(
        html,
        "default-src 'none'; style-src %s; script-src %s; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
            .formatted(hash(element(html, "style")), hash(element(html, "script"))));
  }

  /**
   * The HTML with its initial data in an element that the browser does not run. The page shows this
   * data until its stream connects.
   *
   * @param json the first message of the stream; escaped, so that it cannot close the element
   */
  public String showing(String json) {
    return html.replace(FIRST, FIRST + json.replace("<", "\\u003c"));
  }

  /** The headers of every answer that contains the page. */
  public Map<String, String> headers() {
    return Map.of(
        "Content-Type", "text/html;charset=UTF-8",
        "Cache-Control", "no-store",
        "Vary", "accept",
        "Content-Security-Policy", securityPolicy,
        "Referrer-Policy", "no-referrer",
        "X-Content-Type-Options", "nosniff");
  }

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
