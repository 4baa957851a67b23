package io.podlab.lab.lesson;

import java.util.Optional;

/** Parses the lines of an event stream (https://html.spec.whatwg.org). */
final class ServerSentEvents {
  /**
   * One event.
   *
   * @param name empty if the event has no name
   */
  record Event(String name, String data) {}

  private String name = "";
  private final StringBuilder data = new StringBuilder();

  /** Adds a line. Returns the event that the line completes. */
  Optional<Event> line(String line) {
    if (line.isEmpty()) {
      Event event = new Event(name, data.toString());
      name = "";
      data.setLength(0);
      return event.data().isEmpty() ? Optional.empty() : Optional.of(event);
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
    switch (field) {
      case "event" -> name = value;
      case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
      default -> {
        // A comment or a field that is not needed.
      }
    }
    return Optional.empty();
  }
}
