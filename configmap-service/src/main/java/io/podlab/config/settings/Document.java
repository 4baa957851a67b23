package io.podlab.config.settings;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.Tag;

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

  private static final Set<String> TEXT_TAGS = Set.of("!", Tag.STR.getValue());
  private static final Set<String> COLLECTION_TAGS =
      Set.of("!", Tag.MAP.getValue(), Tag.SEQ.getValue());

  /** Text in UTF-16 without a byte order mark has zeros. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t\n\r\f]]");

  /** Where cat has joined files, one may be in the middle, where nobody sees it. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final String NOT_YAML = "it is not valid YAML";
  private static final String NOT_PROPERTIES = "it is not a valid properties file";

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

  static SortedMap<String, String> properties(String given) throws MalformedException {
    String text = withoutByteOrderMark(given);
    checkNoByteOrderMark(text, NOT_PROPERTIES);
    Matcher control = CONTROL.matcher(text);
    if (control.find()) {
      throw new MalformedException(NOT_PROPERTIES + ": " + notAllowed(text, control.start()));
    }
    SortedMap<String, String> values = new TreeMap<>();
    SortedSet<String> twice = new TreeSet<>();
    Properties properties =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Object put(Object key, Object value) {
            if (values.put((String) key, (String) value) != null) {
              twice.add((String) key);
            }
            return null;
          }
        };
    try {
      properties.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedException(NOT_PROPERTIES + ": " + e.getMessage());
    }
    if (!twice.isEmpty()) {
      throw new MalformedException(Excerpt.line(twice.first()) + " is there twice");
    }
    checkCount(values.size());
    return withKeys(values);
  }

  /**
   * Nested keys are joined with dots, and the places of a list are keys: {@code hosts.0}. Every
   * scalar is text: {@code no} stays {@code no}.
   */
  static SortedMap<String, String> yaml(String text) throws MalformedException {
    checkNoByteOrderMark(withoutByteOrderMark(text), NOT_YAML);
    return withKeys(flat(load(text), LONGEST_KEY));
  }

  /** A file that was cut off must not reset all to defaults. */
  private static SortedMap<String, String> withKeys(SortedMap<String, String> values)
      throws MalformedException {
    if (values.isEmpty()) {
      throw new MalformedException(
          "it has no keys; the file may be cut off. Write at least one key");
    }
    return values;
  }

  /** Editors on Windows write one. */
  static String withoutByteOrderMark(String text) {
    return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
  }

  private static void checkNoByteOrderMark(String text, String what) throws MalformedException {
    int position = text.indexOf(BYTE_ORDER_MARK);
    if (position >= 0) {
      throw new MalformedException(what + ": " + notAllowed(text, position));
    }
  }

  /** Why these bytes are no text here. */
  public static String notUtf8(byte[] content) {
    boolean utf16 =
        content.length >= 2
            && (content[0] == (byte) 0xff && content[1] == (byte) 0xfe
                || content[0] == (byte) 0xfe && content[1] == (byte) 0xff);
    return utf16 ? "it is UTF-16; save it as UTF-8" : "it is not UTF-8; save it as UTF-8";
  }

  /**
   * One document of YAML, or of JSON, which is YAML too.
   *
   * @return maps, lists, and scalars: as a String what is text in YAML, as a {@link NonString} all
   *     else; "" for an empty document
   */
  public static Object load(String given) throws MalformedException {
    String text = withoutByteOrderMark(given);
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new NonString.AsWritten())
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(MOST_CHARACTERS)
            // With its usual buffer it takes seconds for one word of 3 MB.
            .setBufferSize(text.length() + 1)
            .build();
    try {
      checkEvents(new Parse(settings).parseString(text));
      return new Load(settings).loadFromString(text);
    } catch (ScannerException | ParserException e) {
      throw new SyntaxException(problem(e));
    } catch (MarkedYamlEngineException e) {
      throw new MalformedException(problem(e));
    } catch (ReaderException e) {
      throw new MalformedException(
          NOT_YAML + ": " + notAllowed(text, text.offsetByCodePoints(0, e.getPosition())));
    } catch (YamlVersionException e) {
      throw new MalformedException(
          NOT_YAML + ": the version in its %YAML line is not supported; leave that line out");
    } catch (YamlEngineException e) {
      throw new MalformedException(NOT_YAML + ": " + e.getMessage());
    } catch (StackOverflowError | RuntimeException e) {
      // A key that contains itself, a list with the tag of a number.
      throw new MalformedException(NOT_YAML);
    }
  }

  private static String notAllowed(String text, int position) {
    long line = 1 + text.substring(0, position).chars().filter(c -> c == '\n').count();
    return "U+%04X in line %d is not allowed".formatted(text.codePointAt(position), line);
  }

  private static String problem(MarkedYamlEngineException e) {
    String where = e.getProblemMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
    return NOT_YAML + ": " + e.getProblem() + where;
  }

  /**
   * Before the library keeps any of it: a node takes a hundred times the memory of its text, and
   * with a tag it may become something other than what is written.
   */
  private static void checkEvents(Iterable<Event> events) throws MalformedException {
    int nodes = 0;
    int nesting = 0;
    for (Event event : events) {
      if (event instanceof NodeEvent && ++nodes > MOST_NODES) {
        throw new MalformedException(TOO_MANY_NODES);
      }
      if (event instanceof ScalarEvent scalar) {
        checkTag(scalar.getTag(), TEXT_TAGS, event);
      }
      if (event instanceof CollectionStartEvent collection) {
        checkTag(collection.getTag(), COLLECTION_TAGS, event);
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

  private static void checkTag(Optional<String> tag, Set<String> allowed, Event event)
      throws MalformedException {
    if (tag.isPresent() && !allowed.contains(tag.get())) {
      throw new MalformedException(
          "the tag %s%s is not allowed; leave it out, or use !!str for text"
              .formatted(
                  Excerpt.line(tag.get().replaceFirst("^" + Tag.PREFIX, "!!")),
                  event.getStartMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("")));
    }
  }

  /**
   * @param root from {@link #load}
   * @param longestKey of those that are joined
   */
  public static SortedMap<String, String> flat(Object root, int longestKey)
      throws MalformedException {
    SortedMap<String, String> values = new TreeMap<>();
    if (root.equals("") || root instanceof NonString scalar && scalar.isNull()) {
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
