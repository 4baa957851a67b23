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

/** What the parameters of {@code GET /moments} select. */
final class Query {
  private static final int LONGEST_SHOWN = 100;
  private static final String SINCE_ACCEPTED =
      "the id of a moment or of its event, a time such as 2026-03-01T12:00:00Z, or a duration such as 5m";

  /** Of a moment, or of its event. */
  private static final Pattern ID = Pattern.compile("(\\d{1,15}-)?\\d{1,18}");

  /** The name of a pod, by the API's rules. */
  private static final Pattern POD =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private Query() {}

  /**
   * @param watched the namespaces that can be asked for
   * @param given the number of the moment that an id names, if this board gave it
   * @throws ProblemException 404 for a namespace that is not watched, 400 for any other bad value
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
              "namespace '%s' is not watched; watched: %s"
                  .formatted(shown(namespace), String.join(", ", watched))));
    }
    if (pod != null && !POD.matcher(pod).matches()) {
      throw new ProblemException(
          Problem.badField(
              "pod", "'" + shown(pod) + "' is not the name of a pod", "a name such as web-1"));
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
              .orElseThrow(() -> badSince(text + " is not a moment that this board gave")));
    }
    try {
      return all.since(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notATime) {
      // It may be a duration.
    }
    try {
      Duration duration = GoDuration.parse(text);
      if (!duration.isNegative()) {
        return all.since(now.minus(duration));
      }
    } catch (IllegalArgumentException notADuration) {
      // Said below.
    }
    throw badSince("'" + shown(text) + "' is not valid");
  }

  private static ProblemException badSince(String why) {
    return new ProblemException(Problem.badField("since", why, SINCE_ACCEPTED));
  }

  private static String shown(String value) {
    return Printable.line(value, LONGEST_SHOWN);
  }
}
