package io.podlab.config.settings;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.resolver.Resolver;

/** A text that holds several keys: {@code application.properties} or {@code application.yaml}. */
public final class Document {
  /** As many as a directory may have files. */
  private static final int MOST_KEYS = 10_000;

  /** Scalars, keys among them, maps and lists, and aliases: a key, its value and a map around. */
  public static final int MOST_NODES = 3 * MOST_KEYS;

  public static final String TOO_MANY_NODES =
      "it has more than %,d keys, values, maps and lists".formatted(MOST_NODES);

  /** What a ConfigMap admits for its own. */
  private static final int LONGEST_KEY = 253;

  /** What aliases may blow a document up to: more than any ConfigMap can hold. */
  public static final int MOST_CHARACTERS = 4 * 1024 * 1024;

  private static final int MOST_ALIASES = 20;

  /** Maps and lists in one another. */
  public static final int MOST_NESTING = 20;

  private Document() {}

  /** Why a document cannot be read; the message is for a person. */
  public static class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedException(String why) {
      super(why, null, false, false);
    }
  }

  /** Its lines make no YAML. */
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
      throw new MalformedException("it is no properties file: " + e.getMessage());
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
  public static SortedMap<String, String> yaml(String text) throws MalformedException {
    return flat(load(text));
  }

  private interface Loading<T> {
    T load() throws YAMLException;
  }

  private static Object load(String text) throws MalformedException {
    LoaderOptions options = limits();
    return malformed(
        () -> {
          SafeConstructor constructor = new SafeConstructor(options);
          constructor.setAllowDuplicateKeys(false);
          constructor.setComposer(
              new TextKeys(new Bounded(text, options), new TextOnly(), options));
          return constructor.getSingleData(Object.class);
        });
  }

  /**
   * The nodes of the first document, within the bounds that hold for all; what else there is is not
   * looked at.
   *
   * @param resolver tells what a node without a tag is
   */
  public static Optional<Node> first(String text, Resolver resolver) throws MalformedException {
    LoaderOptions options = limits();
    // No tag makes anything: there are only nodes.
    options.setTagInspector(tag -> true);
    return malformed(
        () -> {
          Composer composer = new Composer(new Bounded(text, options), resolver, options);
          return composer.checkNode() ? Optional.of(composer.getNode()) : Optional.empty();
        });
  }

  private static <T> T malformed(Loading<T> loading) throws MalformedException {
    try {
      return loading.load();
    } catch (MarkedYAMLException e) {
      String where =
          e.getProblemMark() == null ? "" : " in line " + (e.getProblemMark().getLine() + 1);
      throw new SyntaxException("it is no YAML that is taken here: " + e.getProblem() + where);
    } catch (YAMLException e) {
      throw new MalformedException("it is no YAML that is taken here: " + e.getMessage());
    } catch (StackOverflowError | RuntimeException e) {
      throw new MalformedException("it is no YAML that is taken here");
    }
  }

  private static LoaderOptions limits() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setNestingDepthLimit(MOST_NESTING);
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    return options;
  }

  /** Stops before the nodes of a document fill the memory: a node takes 100 times its text. */
  private static final class Bounded extends ParserImpl {
    private int nodes;

    Bounded(String text, LoaderOptions options) {
      super(new WholeText(text), options);
    }

    @Override
    public Event getEvent() {
      Event event = super.getEvent();
      if (event instanceof NodeEvent && ++nodes > MOST_NODES) {
        throw new YAMLException(TOO_MANY_NODES);
      }
      return event instanceof ScalarEvent scalar && "!".equals(scalar.getTag())
          ? asText(scalar)
          : event;
    }

    /** {@code ! 5} is text, as it is to YAML 1.2 and to go-yaml. */
    private static ScalarEvent asText(ScalarEvent scalar) {
      return new ScalarEvent(
          scalar.getAnchor(),
          Tag.STR.getValue(),
          scalar.getImplicit(),
          scalar.getValue(),
          scalar.getStartMark(),
          scalar.getEndMark(),
          scalar.getScalarStyle());
    }
  }

  /** Refuses keys that are maps, lists or null. */
  private static final class TextKeys extends Composer {
    TextKeys(Parser parser, Resolver resolver, LoaderOptions options) {
      super(parser, resolver, options);
    }

    @Override
    protected Node composeKeyNode(MappingNode node) {
      Node key = super.composeKeyNode(node);
      if (!(key instanceof ScalarNode) || key.getTag().equals(Tag.NULL)) {
        throw new YAMLException("a key is no text");
      }
      return key;
    }
  }

  private static final class TextOnly extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.MERGE, MERGE, "<");
    }
  }

  /**
   * @param root what a YAML or JSON parser gave; null is no keys
   */
  public static SortedMap<String, String> flat(Object root) throws MalformedException {
    SortedMap<String, String> values = new TreeMap<>();
    if (root == null || root.equals("")) {
      return values;
    }
    if (!(root instanceof Map<?, ?> map)) {
      throw new MalformedException("it is no map of keys to values");
    }
    new Flattening(values).add("", map);
    return values;
  }

  private static void checkCount(int keys) throws MalformedException {
    if (keys > MOST_KEYS) {
      throw new MalformedException("it has more than %,d keys".formatted(MOST_KEYS));
    }
  }

  private static final class Flattening {
    private final SortedMap<String, String> values;
    private final Deque<Object> path = new ArrayDeque<>();
    private long characters;
    private int nodes;

    Flattening(SortedMap<String, String> values) {
      this.values = values;
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
      String text = value == null ? "" : value.toString();
      characters += prefix.length() + text.length();
      if (characters > MOST_CHARACTERS) {
        throw new MalformedException("with its aliases it is longer than a ConfigMap can be");
      }
      if (values.put(prefix, text) != null) {
        throw new MalformedException(prefix + " is there twice");
      }
      checkCount(values.size());
    }

    private static String joined(String prefix, Object key) throws MalformedException {
      String name = String.valueOf(key);
      String joined = prefix.isEmpty() ? name : prefix + "." + name;
      if (joined.length() > LONGEST_KEY) {
        throw new MalformedException(
            "a key is longer than %d characters: %s".formatted(LONGEST_KEY, Shown.line(joined)));
      }
      return joined;
    }
  }
}
