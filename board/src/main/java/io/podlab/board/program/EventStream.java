package io.podlab.board.program;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses server-sent events from a stream of bytes. It skips events longer than {@value #LONGEST}
 * bytes, so its memory is limited for any input.
 */
final class EventStream {
  static final int LONGEST = 64 * 1024;

  /**
   * A server-sent event.
   *
   * @param name {@code message} by default
   */
  record ServerSent(String name, String data) {}

  private static final String NO_NAME = "message";

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private String name = NO_NAME;
  private boolean tooLong;

  /** The events that end in these bytes. */
  List<ServerSent> feed(byte[] bytes) {
    List<ServerSent> events = new ArrayList<>();
    for (byte one : bytes) {
      if (one == '\n') {
        end(line.toString(StandardCharsets.UTF_8), events);
        line.reset();
      } else if (line.size() + data.length() < LONGEST) {
        line.write(one);
      } else {
        tooLong = true;
      }
    }
    return events;
  }

  private void end(String ended, List<ServerSent> events) {
    String text = ended.endsWith("\r") ? ended.substring(0, ended.length() - 1) : ended;
    if (text.isEmpty()) {
      if (!tooLong && data.length() > 0) {
        events.add(new ServerSent(name, data.toString()));
      }
      data.setLength(0);
      name = NO_NAME;
      tooLong = false;
    } else if (text.startsWith("data:")) {
      data.append(data.length() == 0 ? "" : "\n").append(value(text));
    } else if (text.startsWith("event:")) {
      name = value(text);
    }
  }

  private static String value(String text) {
    String value = text.substring(text.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
