package io.podlab.token.kubeadm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the fields of a request from a JSON object or a form.
 *
 * @param names the accepted fields, sorted
 * @param lists the fields with more than one value
 * @param formExample a form for error messages
 */
record RequestFields(List<String> names, Set<String> lists, String formExample) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_-]{1,40}");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final int MOST_FIELDS = 1_024;

  /** JSON with the default Content-Type of {@code curl -d}. No field name starts like this. */
  private static final Pattern LOOKS_LIKE_JSON = Pattern.compile("^\\s*[{\\[]");

  RequestFields {
    names = names.stream().sorted().toList();
    lists = Set.copyOf(lists);
  }

  /**
   * The values by field name; empty for an empty body.
   *
   * @throws ProblemException (400) naming the invalid field and the accepted fields
   */
  Map<String, List<String>> parse(boolean json, String body) {
    return body.isBlank() ? Map.of() : json ? jsonFields(body) : formFields(body);
  }

  private String jsonExample() {
    return "a JSON object such as {\"ttl\": \"2h\"}; "
        + (names.size() == 1 ? "its only field is " : "its fields are ")
        + String.join(", ", names);
  }

  private Map<String, List<String>> jsonFields(String body) {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JsonMappingException repeated) {
      throw bad("body", "the JSON repeats a field or continues after the object", jsonExample());
    } catch (JsonProcessingException malformed) {
      throw bad("body", "the text is not valid JSON", jsonExample());
    }
    if (!root.isObject()) {
      throw bad("body", "the JSON is not an object", jsonExample());
    }
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : root.properties()) {
      String name = known(property.getKey());
      fields.put(
          name,
          lists.contains(name)
              ? jsonList(name, property.getValue())
              : List.of(jsonString(name, property.getValue())));
    }
    return fields;
  }

  private static String jsonString(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw bad(field, "the value is not a string", "text in double quotes");
    }
    return value.asText();
  }

  private static List<String> jsonList(String field, JsonNode value) {
    if (value.isTextual()) {
      return splitAtCommas(List.of(value.asText()));
    }
    List<String> values = new ArrayList<>();
    for (JsonNode one : value) {
      values.add(one.isTextual() ? one.asText() : null);
    }
    if (!value.isArray() || values.contains(null)) {
      throw bad(
          field,
          "the value is not an array of strings",
          "an array such as [\"a\", \"b\"], or one string with commas");
    }
    return values;
  }

  private Map<String, List<String>> formFields(String body) {
    if (LOOKS_LIKE_JSON.matcher(body).find()) {
      throw bad(
          "body",
          "the body looks like JSON, but the Content-Type says form fields",
          "the header 'Content-Type: application/json' with JSON, or form fields such as "
              + formExample);
    }
    Map<String, List<String>> fields = new LinkedHashMap<>();
    try {
      // The decoder is for URLs and would drop a fragment; curl -d does not escape '#'.
      String escaped = body.replace("#", "%23");
      var decoder =
          new QueryStringDecoder(escaped, StandardCharsets.UTF_8, false, MOST_FIELDS, true);
      for (var field : decoder.parameters().entrySet()) {
        String name = known(field.getKey());
        List<String> values = field.getValue();
        if (lists.contains(name)) {
          values = splitAtCommas(values);
        } else if (values.size() > 1) {
          throw bad(name, "the field is repeated", "one value");
        }
        fields.put(name, values);
      }
    } catch (IllegalArgumentException badEscape) {
      throw bad("body", "the text is not valid form data", "form fields such as " + formExample);
    }
    return fields;
  }

  /** Like kubeadm's flags, which accept commas and can be repeated. */
  private static List<String> splitAtCommas(List<String> values) {
    return values.stream()
        .filter(value -> !value.isEmpty())
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .toList();
  }

  /** The message repeats only a plausible name: the text may be a token without a field name. */
  private String known(String field) {
    if (names.contains(field)) {
      return field;
    }
    String accepted = String.join(", ", names).replaceFirst(", (\\w+)$", " or $1");
    throw NAME.matcher(field).matches()
        ? bad(field, "unknown field", accepted)
        : bad("body", "unknown field", accepted);
  }

  private static ProblemException bad(String field, String detail, String accepted) {
    return new ProblemException(Problem.badField(field, detail, accepted));
  }
}
