package io.podlab.config.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.podlab.config.settings.Document;
import io.podlab.config.settings.Document.MalformedException;
import io.podlab.config.settings.Shown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * JSON as kubectl reads it, by {@code encoding/json}: a stream of values; of a key that is there
 * twice the last one counts, but for labels and annotations; half a surrogate pair is U+FFFD.
 */
final class KubectlJson {
  private static final int LONGEST_NUMBER = 1_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Document.MOST_NESTING)
                  .maxTokenCount(2L * Document.MOST_NODES)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();
  private static final Pattern HALF_A_PAIR = Pattern.compile("\\p{Cs}");

  /** Where in a manifest: only of some maps kubectl says which key is there twice. */
  private enum Place {
    ROOT,
    METADATA,
    NO_KEY_TWICE,
    ELSEWHERE;

    Place of(String key) {
      return this == ROOT && key.equals("metadata")
          ? METADATA
          : this == METADATA && (key.equals("labels") || key.equals("annotations"))
              ? NO_KEY_TWICE
              : ELSEWHERE;
    }
  }

  private KubectlJson() {}

  /** All values of a file that are not null. */
  static List<Object> documents(String file) throws MalformedException {
    List<Object> documents = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(file)) {
      while (parser.nextToken() != null) {
        Object document = value(parser, Place.ROOT);
        if (document != null) {
          documents.add(document);
        }
      }
      return documents;
    } catch (StreamConstraintsException e) {
      throw new MalformedException(
          e.getMessage().startsWith("Number ")
              ? "a number has more than %,d digits".formatted(LONGEST_NUMBER)
              : "it has more values, or more of them in one another, than are taken here");
    } catch (JsonProcessingException e) {
      throw new MalformedException(
          "it is no JSON"
              + (e.getLocation() == null ? "" : ": line " + e.getLocation().getLineNr()));
    } catch (IOException e) {
      throw new IllegalStateException("a String can be read", e);
    }
  }

  private static Object value(JsonParser parser, Place place)
      throws IOException, MalformedException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> map(parser, place);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser, Place.ELSEWHERE));
        }
        yield list;
      }
      case VALUE_STRING -> whole(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Map<String, Object> map(JsonParser parser, Place place)
      throws IOException, MalformedException {
    Map<String, Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = whole(parser.currentName());
      parser.nextToken();
      Object value = value(parser, place.of(key));
      if (map.containsKey(key) && place == Place.NO_KEY_TWICE) {
        throw new MalformedException("kubectl refuses it: duplicate key: " + Shown.line(key));
      }
      map.put(key, value);
    }
    return map;
  }

  /** What Go has no float64 for is refused whatever it is for. */
  private static Number number(JsonParser parser) throws IOException, MalformedException {
    Number number = parser.getNumberValue();
    if (Double.isInfinite(number.doubleValue())) {
      throw new MalformedException("kubectl refuses it: a number is out of range");
    }
    return number instanceof Integer small ? (Number) small.longValue() : number;
  }

  private static String whole(String text) {
    return HALF_A_PAIR.matcher(text).replaceAll("\uFFFD");
  }
}
