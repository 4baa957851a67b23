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

/** A text with several keys: {@code application.properties} or {@code application.yaml}. */
public final class Document {
  /** The same as the limit for files in a directory. */
  private static final int MOST_KEYS = 10_000;

  /** Limit for YAML nodes, three for each key: the key, its value, and a map around them. */
  private static final int MOST_NODES = 3 * MOST_KEYS;

  private static final String TOO_MANY_NODES =
      "it has more than %,d keys, values, maps and lists".formatted(MOST_NODES);

  /** The limit for the keys of a ConfigMap. */
  public static final int LONGEST_KEY = 253;

  /** Limit for a document after aliases are expanded; more than a ConfigMap can contain. */
  private static final int MOST_CHARACTERS = 4 * 1024 * 1024;

  private static final int MOST_ALIASES = 20;

  /** Limit for nested maps and lists. */
  private static final int MOST_NESTING = 20;

  private static final Set<String> TEXT_TAGS = Set.of("!", Tag.STR.getValue());
  private static final Set<String> COLLECTION_TAGS =
      Set.of("!", Tag.MAP.getValue(), Tag.SEQ.getValue());

  /** Finds, among others, the zeros in UTF-16 text without a byte order mark. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t\n\r\f]]");

  /** Invisible. After cat joins files, there can be one in the middle of the text. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** A file that was cut off while it was written must not reset everything to the defaults. */
  public static final String NO_KEYS =
      "it has no keys; write at least one, such as greeting: Hello";

  private static final String NOT_YAML = "it is not valid YAML";
  private static final String NOT_PROPERTIES = "it is not a valid properties file";

  private Document() {}

  /** Why the service cannot read a document. The message is shown to the user. */
  public static class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedException(String why) {
      super(why, null, false, false);
    }
  }

  /** A syntax error, for example after a client has removed the line breaks. */
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
      throw new MalformedException(
          "the key %s appears twice".formatted(Excerpt.line(twice.first())));
    }
    checkCount(values.size());
    return withKeys(values);
  }

  /**
   * Joins nested keys with dots. The items of a list get their index as the key: {@code hosts.0}.
   * Every scalar is text: {@code no} stays {@code no}.
   */
  static SortedMap<String, String> yaml(String text) throws MalformedException {
    checkNoByteOrderMark(withoutByteOrderMark(text), NOT_YAML);
    return withKeys(flat(load(text), LONGEST_KEY));
  }

  private static SortedMap<String, String> withKeys(SortedMap<String, String> values)
      throws MalformedException {
    if (values.isEmpty()) {
      throw new MalformedException(NO_KEYS);
    }
    return values;
  }

  /** Editors on Windows write a byte order mark at the start. */
  static String withoutByteOrderMark(String text) {
    return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
  }

  private static void checkNoByteOrderMark(String text, String what) throws MalformedException {
    int position = text.indexOf(BYTE_ORDER_MARK);
    if (position >= 0) {
      throw new MalformedException(what + ": " + notAllowed(text, position));
    }
  }

  /** The error of bytes that are not UTF-8. */
  public static String encoding(byte[] content) {
    boolean utf16 =
        content.length >= 2
            && (content[0] == (byte) 0xff && content[1] == (byte) 0xfe
                || content[0] == (byte) 0xfe && content[1] == (byte) 0xff);
    return utf16 ? "it is UTF-16" : "it is not UTF-8";
  }

  /**
   * Reads one document of YAML. JSON is YAML, too.
   *
   * @return maps, lists and scalars. A scalar is a String if it is text in YAML, otherwise a {@link
   *     NonString}. An empty document is ""
   */
  public static Object load(String given) throws MalformedException {
    String text = withoutByteOrderMark(given);
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new NonString.AsWritten())
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(MOST_CHARACTERS)
            // With the default buffer, the parser needs seconds for one word of 3 MB.
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
          NOT_YAML + ": the version in the %YAML line is not supported; remove this line");
    } catch (YamlEngineException e) {
      throw new MalformedException(NOT_YAML + ": " + e.getMessage());
    } catch (StackOverflowError | RuntimeException e) {
      // For example a key that contains itself.
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
   * Checks the document before the library creates nodes: a node needs a hundred times the memory
   * of its text, and a tag can change what its text means.
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
            "it has more than %d nested maps and lists".formatted(MOST_NESTING));
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
          "the tag %s%s is not allowed (remove it, or write !!str for text)"
              .formatted(
                  Excerpt.line(tag.get().replaceFirst("^" + Tag.PREFIX, "!!")),
                  event.getStartMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("")));
    }
  }

  /**
   * Joins nested keys with dots.
   *
   * @param root the result of {@link #load}
   * @param longestKey limit for a joined key, in characters
   */
  public static SortedMap<String, String> flat(Object root, int longestKey)
      throws MalformedException {
    SortedMap<String, String> values = new TreeMap<>();
    if (root.equals("") || root instanceof NonString scalar && scalar.isNull()) {
      return values;
    }
    if (!(root instanceof Map<?, ?> map)) {
      throw new MalformedException("it is not a map of keys and values");
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
        throw new MalformedException("with expanded aliases, " + TOO_MANY_NODES);
      }
      if (value instanceof Map<?, ?> || value instanceof Collection<?>) {
        if (path.stream().anyMatch(outer -> outer == value)) {
          throw new MalformedException(
              Excerpt.line(prefix)
                  + " is an alias of a map or list that contains it; remove the alias");
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
        throw new MalformedException("with expanded aliases, it is larger than a ConfigMap can be");
      }
      if (values.put(prefix, text) != null) {
        throw new MalformedException("the key %s appears twice".formatted(Excerpt.line(prefix)));
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
