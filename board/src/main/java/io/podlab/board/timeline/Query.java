package io.podlab.board.timeline;

import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Parses the parameters of {@code GET /moments}. */
final class Query {
  private static final int LONGEST_SHOWN = 100;
  private static final String SINCE_ACCEPTED =
      "a moment id or event id, a time such as 2026-03-01T12:00:00Z, or a duration such as 5m";

  /** A moment id or an event id. */
  private static final Pattern ID = Pattern.compile("(\\d{1,15}-)?\\d{1,18}");

  /** A DNS subdomain, as the API requires. */
  private static final Pattern POD =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private Query() {}

  /**
   * @param watched the watched namespaces
   * @param given looks up the number of the moment with an id, if this board assigned it
   * @throws ProblemException 404 for a namespace that is not watched, 400 for another invalid value
   */
  static Selection parse(
      String namespace,
      String pod,
      String since,
      Set<String> watched,
      Instant now,
      Function<String, Optional<Long>> given) {
    if (namespace != null && !watched.contains(namespace)) {
      throw new ProblemException(
          Problem.of(
              404,
              "no watched namespace named '%s'; use %s"
                  .formatted(
                      shown(namespace),
                      String.join(", ", watched).replaceFirst(", ([^,]*)$", " or $1"))));
    }
    if (pod != null && !POD.matcher(pod).matches()) {
      throw new ProblemException(
          Problem.badField(
              "pod", "'" + shown(pod) + "' is not a pod name", "a name such as web-1"));
    }
    Selection selection =
        new Selection(
            Optional.ofNullable(namespace), Optional.ofNullable(pod), 0, Optional.empty());
    return since == null ? selection : since(selection, since, now, given);
  }

  private static Selection since(
      Selection all, String text, Instant now, Function<String, Optional<Long>> given) {
    if (ID.matcher(text).matches()) {
      return all.after(
          given
              .apply(text)
              .orElseThrow(() -> badSince("this board has no moment with the id " + text)));
    }
    try {
      return all.since(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notATime) {
      // It can be a duration.
    }
    try {
      Duration duration = GoDuration.parse(text);
      if (!duration.isNegative()) {
        return all.since(now.minus(duration));
      }
    } catch (IllegalArgumentException notADuration) {
      // Reported below.
    }
    throw badSince("'" + shown(text) + "' is not an id, a time or a duration");
  }

  private static ProblemException badSince(String why) {
    return new ProblemException(Problem.badField("since", why, SINCE_ACCEPTED));
  }

  private static String shown(String value) {
    return Printable.line(value, LONGEST_SHOWN);
  }
}
