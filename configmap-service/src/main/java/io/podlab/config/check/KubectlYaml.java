package io.podlab.config.check;

import io.podlab.config.settings.Document;
import java.math.BigDecimal;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML as kubectl reads it, by go-yaml v2: {@code y} and {@code off} are booleans, {@code 12:30}
 * and {@code 2001-01-01} are text.
 */
final class KubectlYaml {
  private KubectlYaml() {}

  static Object load(String text) throws Document.MalformedException {
    return Document.load(text, new Values(), new Types());
  }

  /** {@code resolveTable} and {@code yamlStyleFloat} of go-yaml. */
  private static final class Types extends Resolver {
    private static final Pattern BOOLEAN =
        Pattern.compile(
            "y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE"
                + "|n|N|no|No|NO|off|Off|OFF|false|False|FALSE");
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL");
    private static final Pattern EMPTY = Pattern.compile("");
    private static final Pattern NUMBER =
        Pattern.compile(
            "[-+]?0[xX][0-9a-fA-F_]{1,16}|[-+]?0[oO][0-7_]+|[-+]?0[bB][01_]+"
                + "|[-+]?(?:\\.[0-9][0-9_]*|[0-9][0-9_]*(?:\\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?"
                + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, BOOLEAN, "yYnNtTfFoO");
      addImplicitResolver(Tag.FLOAT, NUMBER, "-+0123456789.");
      addImplicitResolver(Tag.MERGE, MERGE, "<");
      addImplicitResolver(Tag.NULL, NULL, "~nN");
      addImplicitResolver(Tag.NULL, EMPTY, null);
    }
  }

  private static final class Values extends SafeConstructor {
    private static final int MOST_DIGITS = 40;
    private static final Pattern TRUE = Pattern.compile("(?i)y|yes|on|true");

    Values() {
      super(Document.limits());
      yamlConstructors.put(Tag.BOOL, scalar(text -> TRUE.matcher(text).matches()));
      yamlConstructors.put(Tag.INT, scalar(Values::number));
      yamlConstructors.put(Tag.FLOAT, scalar(Values::number));
      yamlConstructors.put(Tag.TIMESTAMP, scalar(text -> text));
    }

    private static AbstractConstruct scalar(Function<String, Object> value) {
      return new AbstractConstruct() {
        @Override
        public Object construct(Node node) {
          return value.apply(((ScalarNode) node).getValue());
        }
      };
    }

    /** As a key, {@code 1.50} is {@code 1.5}; a number that no JSON has is NaN. */
    private static Number number(String text) {
      String digits = text.replace("_", "");
      try {
        if (digits.length() > MOST_DIGITS) {
          return Double.valueOf(digits);
        }
        if (digits.matches("[-+]?0[bB].*")) {
          return Long.valueOf(digits.replaceFirst("0[bB]", ""), 2);
        }
        if (digits.matches("[-+]?0([xXoO].*|[0-7]+)")) {
          return Long.decode(digits.replaceFirst("0[oO]", "0"));
        }
        return Math.abs(new BigDecimal(digits).scale()) <= MOST_DIGITS
            ? new BigDecimal(new BigDecimal(digits).stripTrailingZeros().toPlainString())
            : Double.valueOf(digits);
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
  }
}
