package io.podlab.config.settings;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A text that holds several keys: {@code application.properties} or {@code application.yaml}. */
public final class Document {
  /** As many as a directory may have files. */
  private static final int MOST_KEYS = 10_000;

  /** Scalars, keys among them, maps and lists, and aliases: a key, its value and a map around. */
  private static final int MOST_NODES = 3 * MOST_KEYS;

  private static final String TOO_MANY_NODES =
      "it has more than %,d keys, values, maps and lists".formatted(MOST_NODES);

  /** The limit that a ConfigMap has for its own keys. */
  public static final int LONGEST_KEY = 253;

  /** What aliases may expand a document to: more than any ConfigMap can hold. */
  private static final int MOST_CHARACTERS = 4 * 1024 * 1024;

  private static final int MOST_ALIASES = 20;

  /** Maps and lists in one another. */
  private static final int MOST_NESTING = 20;

  private static final String NOT_YAML = "it is not valid YAML";

  private Document() {}

  /** Why a document cannot be read; the message is for a person. */
  public static class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedException(String why) {
      super(why, null, false, false);
    }
  }

  /** Where something is written that cannot stand there, as after line breaks have been lost. */
  public static final class SyntaxException extends MalformedException {
    private static final long serialVersionUID = 1L;

    SyntaxException(String why) {
      super(why);
    }
  }

  static SortedMap<String, String> properties(String text) throws MalformedException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedException("it is not a valid properties file: " + e.getMessage());
    }
    SortedMap<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    checkCount(values.size());
    return values;
  }

  /**
   * Nested keys are joined with dots, and the places of a list are keys: {@code hosts.0}. Every
   * scalar is text: {@code no} stays {@code no}.
   */
  static SortedMap<String, String> yaml(String text) throws MalformedException {
    return flat(load(text), LONGEST_KEY);
  }

  /**
   * One document of YAML, or of JSON, which is YAML too.
   *
   * @return maps, lists, and scalars: as a String what is text in YAML, as a {@link NonString} all
   *     else; "" for an empty document
   */
  public static Object load(String text) throws MalformedException {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new NonString.AsWritten())
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(MOST_CHARACTERS)
            // With its usual buffer it takes seconds for one word of 3 MB.
            .setBufferSize(text.length() + 1)
            .build();
    try {
      checkSize(new Parse(settings).parseString(text));
      return new Load(settings).loadFromString(text);
    } catch (ScannerException | ParserException e) {
      throw new SyntaxException(problem(e));
    } catch (MarkedYamlEngineException e) {
      throw new MalformedException(problem(e));
    } catch (ReaderException e) {
      long breaks = text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      throw new MalformedException(
          "%s: U+%04X in line %d is not allowed".formatted(NOT_YAML, e.getCodePoint(), breaks + 1));
    } catch (YamlEngineException e) {
      throw new MalformedException(NOT_YAML + ": " + e.getMessage());
    } catch (StackOverflowError | RuntimeException e) {
      // A key that contains itself, a list with the tag of a number.
      throw new MalformedException(NOT_YAML);
    }
  }

  private static String problem(MarkedYamlEngineException e) {
    String where = e.getProblemMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
    return NOT_YAML + ": " + e.getProblem() + where;
  }

  /** Before the library keeps any of it: a node takes a hundred times the memory of its text. */
  private static void checkSize(Iterable<Event> events) throws MalformedException {
    int nodes = 0;
    int nesting = 0;
    for (Event event : events) {
      if (event instanceof NodeEvent && ++nodes > MOST_NODES) {
        throw new MalformedException(TOO_MANY_NODES);
      }
      if (event instanceof CollectionStartEvent && ++nesting > MOST_NESTING) {
        throw new MalformedException(
            "it has more than %d maps and lists in one another".formatted(MOST_NESTING));
      }
      if (event instanceof CollectionEndEvent) {
        nesting--;
      }
    }
  }

  /**
   * @param root from {@link #load}
   * @param longestKey of those that are joined
   */
  public static SortedMap<String, String> flat(Object root, int longestKey)
      throws MalformedException {
    SortedMap<String, String> values = new TreeMap<>();
    if (root.equals("")) {
      return values;
    }
    if (!(root instanceof Map<?, ?> map)) {
      throw new MalformedException("it is not a map of keys to values");
    }
    new Flattening(values, longestKey).add("", map);
    return values;
  }

  private static void checkCount(int keys) throws MalformedException {
    if (keys > MOST_KEYS) {
      throw new MalformedException("it has more than %,d keys".formatted(MOST_KEYS));
    }
  }

  private static final class Flattening {
    private final SortedMap<String, String> values;
    private final int longestKey;
    private final Deque<Object> path = new ArrayDeque<>();
    private long characters;
    private int nodes;

    Flattening(SortedMap<String, String> values, int longestKey) {
      this.values = values;
      this.longestKey = longestKey;
    }

    private void add(String prefix, Object value) throws MalformedException {
      if (++nodes > MOST_NODES) {
        throw new MalformedException("with its aliases " + TOO_MANY_NODES);
      }
      if (value instanceof Map<?, ?> || value instanceof Collection<?>) {
        if (path.stream().anyMatch(outer -> outer == value)) {
          throw new MalformedException((prefix.isEmpty() ? "it" : prefix) + " contains itself");
        }
        path.push(value);
        if (value instanceof Map<?, ?> map) {
          for (Map.Entry<?, ?> entry : map.entrySet()) {
            add(joined(prefix, entry.getKey()), entry.getValue());
          }
        } else {
          int place = 0;
          for (Object item : (Collection<?>) value) {
            add(joined(prefix, place++), item);
          }
        }
        path.pop();
        return;
      }
      String text = value.toString();
      characters += prefix.length() + text.length();
      if (characters > MOST_CHARACTERS) {
        throw new MalformedException("with its aliases it is longer than a ConfigMap can be");
      }
      if (values.put(prefix, text) != null) {
        throw new MalformedException(prefix + " is there twice");
      }
      checkCount(values.size());
    }

    private String joined(String prefix, Object key) throws MalformedException {
      if (key instanceof Map || key instanceof Collection) {
        throw new MalformedException("a key must be text, not a map or a list");
      }
      String name = String.valueOf(key);
      String joined = prefix.isEmpty() ? name : prefix + "." + name;
      if (joined.length() > longestKey) {
        throw new MalformedException(
            "a key is longer than %d characters: %s".formatted(longestKey, Excerpt.line(joined)));
      }
      return joined;
    }
  }
}
