package io.podlab.config.check;

import io.podlab.config.settings.Document;
import io.podlab.config.settings.Document.MalformedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML as kubectl reads it, by go-yaml v2: {@code y} and {@code off} are booleans, {@code 12:30} is
 * text, of a key that is there twice the last one counts.
 */
final class KubectlYaml {
  /** In a text in double quotes; go-yaml takes none of them, not even a pair. */
  private static final Pattern SURROGATE_OR_SLASH =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\(?:/|u[dD][89a-fA-F]|U0000[dD][89a-fA-F])");

  /** In a block, up to its first line with a text; where no digit tells how far it is indented. */
  private static final Pattern TAB_INDENTS =
      Pattern.compile(
          "^[|>][-+]?[ ]*(?:#[^\\r\\n\\x85\\u2028\\u2029]*)?[\\r\\n\\x85\\u2028\\u2029]"
              + "[ \\r\\n\\x85\\u2028\\u2029]*\\t");

  /** With what Go's {@code TrimSpace} takes away. */
  private static final Pattern SEPARATOR = Pattern.compile("---[\\s\\x85\\p{Z}]*+");

  /** kubectl has cut the document off by then. */
  private static final Pattern DIRECTIVE = Pattern.compile("(?m)^%");

  private static final Pattern ANCHOR = Pattern.compile("[-0-9A-Za-z_]+");
  private static final int MOST_DOCUMENTS = 100;

  private final Set<Node> outer = Collections.newSetFromMap(new IdentityHashMap<>());
  private long characters;
  private int nodes;

  private KubectlYaml() {}

  /** All documents of a file that are not empty. */
  static List<Object> documents(String file) throws MalformedException {
    List<Object> documents = new ArrayList<>();
    for (String text : split(file)) {
      Optional<Node> root = Document.first(text, new Plain());
      if (root.isEmpty() && DIRECTIVE.matcher(text).find()) {
        throw new MalformedException("it is no YAML that kubectl takes: a directive");
      }
      if (root.isPresent()) {
        Object document = new KubectlYaml().json(root.get());
        if (document != null) {
          documents.add(document);
        }
      }
    }
    return documents;
  }

  /** {@code YAMLReader} of apimachinery: at lines of three dashes, whatever they are part of. */
  private static List<String> split(String file) throws MalformedException {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder(file.length());
    int end;
    for (int start = 0; start < file.length(); start = end + 1) {
      end = file.indexOf('\n', start);
      end = end < 0 ? file.length() : end;
      String line = file.substring(start, end);
      if (SEPARATOR.matcher(line).matches() && !text.isEmpty()) {
        texts.add(text.toString());
        text.setLength(0);
        if (texts.size() == MOST_DOCUMENTS) {
          throw new MalformedException("it has more than %d documents".formatted(MOST_DOCUMENTS));
        }
      } else {
        text.append(line, 0, line.endsWith("\r") ? line.length() - 1 : line.length()).append('\n');
      }
    }
    texts.add(text.toString());
    return texts;
  }

  /** Leaves what has no tag of its own to {@link GoYaml}. */
  private static final class Plain extends Resolver {
    static final Tag PLAIN = new Tag("plain");

    @Override
    public Tag resolve(NodeId kind, String value, boolean implicit) {
      return switch (kind) {
        case scalar -> implicit ? PLAIN : Tag.STR;
        case sequence -> Tag.SEQ;
        default -> Tag.MAP;
      };
    }
  }

  private Object json(Node node) throws MalformedException {
    if (++nodes > Document.MOST_NODES) {
      throw new MalformedException("with its aliases " + Document.TOO_MANY_NODES);
    }
    if (node.getAnchor() != null && !ANCHOR.matcher(node.getAnchor()).matches()) {
      throw new MalformedException(
          "it is no YAML that kubectl takes: an anchor has letters, digits, - and _");
    }
    if (node instanceof ScalarNode scalar) {
      return GoYaml.json(value(scalar));
    }
    if (!outer.add(node)) {
      throw new MalformedException("it contains itself");
    }
    Object json;
    if (node instanceof MappingNode mapping) {
      Map<String, Object> map = new LinkedHashMap<>();
      add(mapping, map);
      json = map;
    } else {
      List<Object> list = new ArrayList<>();
      for (Node item : ((SequenceNode) node).getValue()) {
        list.add(json(item));
      }
      json = list;
    }
    outer.remove(node);
    return json;
  }

  private void add(MappingNode mapping, Map<String, Object> map) throws MalformedException {
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new MalformedException("it is no YAML that kubectl takes: invalid map key");
      }
      if (isMerge(key)) {
        merge(entry.getValueNode(), map);
      } else {
        map.put(GoYaml.key(value(key)), json(entry.getValueNode()));
      }
    }
  }

  private static boolean isMerge(ScalarNode key) {
    return key.getValue().equals("<<")
        && (key.getTag().equals(Plain.PLAIN) || key.getTag().equals(Tag.MERGE));
  }

  /** What comes later wins, as it does with a key that is there twice. */
  private void merge(Node value, Map<String, Object> map) throws MalformedException {
    List<Node> merged =
        value instanceof SequenceNode sequence
            ? new ArrayList<>(sequence.getValue())
            : List.of(value);
    if (value instanceof SequenceNode) {
      Collections.reverse(merged);
    }
    for (Node one : merged) {
      if (!(one instanceof MappingNode mapping)) {
        throw new MalformedException(
            "it is no YAML that kubectl takes: map merge requires map or sequence of maps as the"
                + " value");
      }
      if (!outer.add(one)) {
        throw new MalformedException("it contains itself");
      }
      add(mapping, map);
      outer.remove(one);
    }
  }

  private Object value(ScalarNode node) throws MalformedException {
    characters += node.getValue().length();
    if (characters > Document.MOST_CHARACTERS) {
      throw new MalformedException("with its aliases it is longer than a ConfigMap can be");
    }
    if (node.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
        && SURROGATE_OR_SLASH.matcher(source(node)).find()) {
      throw new MalformedException(
          "it is no YAML that kubectl takes: found invalid Unicode character escape code, or"
              + " unknown escape character, in line "
              + (node.getStartMark().getLine() + 1));
    }
    if (isBlock(node) && TAB_INDENTS.matcher(source(node)).find()) {
      throw new MalformedException(
          "it is no YAML that kubectl takes: found a tab character where an indentation space is"
              + " expected, below line "
              + (node.getStartMark().getLine() + 1));
    }
    return node.getTag().equals(Plain.PLAIN)
        ? GoYaml.value("", node.getValue())
        : GoYaml.value(node.getTag().getValue(), node.getValue());
  }

  private static boolean isBlock(ScalarNode node) {
    return node.getScalarStyle() == ScalarStyle.LITERAL
        || node.getScalarStyle() == ScalarStyle.FOLDED;
  }

  /** As it is written. */
  private static String source(ScalarNode node) {
    int start = node.getStartMark().getIndex();
    return new String(node.getStartMark().getBuffer(), start, node.getEndMark().getIndex() - start);
  }
}
