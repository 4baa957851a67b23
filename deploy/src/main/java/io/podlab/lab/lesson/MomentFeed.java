package io.podlab.lab.lesson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.lesson.ServerSentEvents.Event;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Converts the events of a board's stream to lines for the user. */
final class MomentFeed {
  /** A line of text and its time by the clock of this machine. */
  record Line(Instant time, String text) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How far the clock of this machine is ahead of the API server, whose times moments have. */
  private Duration ahead = Duration.ZERO;

  Optional<Line> line(Event event, Instant now) {
    JsonNode json;
    try {
      json = JSON.readTree(event.data());
    } catch (IOException notJson) {
      return Optional.empty();
    }
    if (event.name().equals("time")) {
      time(json, "now").ifPresent(theirs -> ahead = Duration.between(theirs, now));
      return Optional.empty();
    }
    String object = json.path("object").asText();
    if (!event.name().isEmpty() || object.startsWith("Pod/" + ImageCheck.POD)) {
      return Optional.empty();
    }
    Instant time = time(json, "time").map(theirs -> theirs.plus(ahead)).orElse(now);
    // A time in the future comes from an event before the clocks were compared.
    return Optional.of(new Line(time.isAfter(now) ? now : time, text(object, json)));
  }

  private static String text(String object, JsonNode json) {
    String text = json.path("text").asText();
    String named = object.replace('/', ' ');
    int slash = object.indexOf('/');
    // A text such as "Service web has no endpoints" already names the object.
    return slash < 0 || text.contains(named)
        ? text
        : object.substring(0, slash).toLowerCase(Locale.ROOT)
            + object.substring(slash).replace('/', ' ')
            + ": "
            + text;
  }

  private static Optional<Instant> time(JsonNode json, String field) {
    try {
      return Optional.of(Instant.parse(json.path(field).asText()));
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }
}
