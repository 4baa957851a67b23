package io.podlab.config.settings;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * A number, a boolean or null in YAML. In {@code application.yaml} it counts as its text: {@code
 * no} stays {@code no}, and {@code 1.10} stays {@code 1.10}. In a ConfigMap, a value cannot be a
 * number or a boolean.
 *
 * @param text as written
 * @param tag the type in YAML
 */
public record NonString(String text, Tag tag) {
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");

  public boolean isNull() {
    return tag.equals(Tag.NULL);
  }

  /** The value in the JSON that kubectl sends. A number stays as written. */
  @JsonValue
  Object json() {
    if (isNull()) {
      return null;
    }
    return tag.equals(Tag.BOOL) ? (Object) TRUE.contains(text) : text;
  }

  @Override
  public String toString() {
    return text;
  }

  /** The core schema of YAML 1.2, with merge keys, and the booleans of YAML 1.1. */
  static final class AsWritten implements Schema {
    /** kubectl reads YAML 1.1. */
    private static final Pattern MORE_BOOLEANS =
        Pattern.compile("[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF");

    @Override
    public ScalarResolver getScalarResolver() {
      ScalarResolver core = new CoreSchema().getScalarResolver();
      return (value, implicit) ->
          implicit && MORE_BOOLEANS.matcher(value).matches()
              ? Tag.BOOL
              : core.resolve(value, implicit);
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
      // The node of an empty document is null.
      ConstructNode written =
          node -> node == null ? "" : new NonString(((ScalarNode) node).getValue(), node.getTag());
      return Map.of(Tag.NULL, written, Tag.BOOL, written, Tag.INT, written, Tag.FLOAT, written);
    }
  }
}
