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
 * How states and moments look: what the picture and the page share. It is read from files beside
 * this class, which the page gets as they are.
 *
 * @param states letter and text of each state; its pattern has the state's name as id
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
   * @param letter for bars that are too narrow for the text
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

  /** One of the files: drawing.json, drawing.css, drawing-dark.css or patterns.svg. */
  public static String file(String name) {
    try (InputStream file = Drawing.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /** All of it for a script: drawing.json with {@code css}, {@code dark} and {@code patterns}. */
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
