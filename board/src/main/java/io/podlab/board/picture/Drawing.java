package io.podlab.board.picture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podlab.board.moment.Kind;
import io.podlab.board.moment.PodState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The look of states and moments, which the picture and the page share. It comes from files next to
 * this class.
 *
 * @param states letter and text of each state; the id of its pattern is the state's name
 * @param kinds symbol and severity of each kind of moment
 * @param severities from the least to the most severe
 * @param symbols SVG path data, around 0 0
 */
public record Drawing(
    Map<String, State> states,
    Map<String, Mark> kinds,
    List<String> severities,
    Map<String, String> symbols) {
  static final Drawing SHARED = read();

  /**
   * @param letter shown if the bar is too narrow for the text
   */
  public record State(String letter, String text) {}

  public record Mark(String symbol, String severity) {}

  State of(PodState state) {
    return states.get(name(state));
  }

  Mark of(Kind kind) {
    return kinds.get(kind.label());
  }

  static String name(PodState state) {
    return state.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private static Drawing read() {
    try {
      return new ObjectMapper().readValue(file("drawing.json"), Drawing.class);
    } catch (JsonProcessingException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /** The content of drawing.json, drawing.css, drawing-dark.css or patterns.svg. */
  public static String file(String name) {
    try (InputStream file = Drawing.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /**
   * All files as one JSON object: drawing.json with {@code css}, {@code dark} and {@code patterns}.
   */
  public static String script() {
    ObjectMapper mapper = new ObjectMapper();
    try {
      ObjectNode all = (ObjectNode) mapper.readTree(file("drawing.json"));
      all.put("css", file("drawing.css"));
      all.put("dark", file("drawing-dark.css"));
      all.put("patterns", file("patterns.svg"));
      return mapper.writeValueAsString(all).replace("<", "\\u003c");
    } catch (JsonProcessingException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
