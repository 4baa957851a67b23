package io.podlab.token.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.duration.GoDuration;
import io.podlab.token.http.Problem;
import io.podlab.token.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What {@code POST /tokens} is asked for.
 *
 * @param token the value the token shall have; empty for a random one
 * @param ttl how long it shall live; zero for ever
 * @param description empty for none
 */
record TokenRequest(Optional<String> token, Duration ttl, String description) {
  static final Duration DEFAULT_TTL = Duration.ofHours(24);
  static final int LONGEST_DESCRIPTION = 1024;

  private static final Set<String> FIELDS = new TreeSet<>(List.of("token", "ttl", "description"));
  private static final Pattern NAME = Pattern.compile("[A-Za-z_-]{1,40}");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final String ALL_FIELDS = "an object with " + String.join(", ", FIELDS);
  private static final int MOST_FIELDS = 1_024;

  /**
   * From a JSON object or from form fields; an empty body asks for a token with all defaults.
   *
   * @throws ProblemException (400) naming the field that is wrong and what is accepted
   */
  static TokenRequest parse(boolean json, String body) {
    return of(body.isBlank() ? Map.of() : json ? jsonFields(body) : formFields(body));
  }

  private static TokenRequest of(Map<String, String> fields) {
    for (String field : fields.keySet()) {
      if (!FIELDS.contains(field)) {
        throw unknown(field);
      }
    }
    return new TokenRequest(
        Optional.ofNullable(fields.get("token")).map(TokenRequest::checkedToken),
        Optional.ofNullable(fields.get("ttl")).map(TokenRequest::checkedTtl).orElse(DEFAULT_TTL),
        checkedDescription(fields.getOrDefault("description", "")));
  }

  private static String checkedToken(String token) {
    if (!BootstrapToken.FORM.matcher(token).matches()) {
      // The value is not repeated: it may be a real token with one character wrong.
      throw bad(
          "token", "it is not a bootstrap token", "the form \\A([a-z0-9]{6})\\.([a-z0-9]{16})\\z");
    }
    return token;
  }

  private static Duration checkedTtl(String text) {
    Duration ttl;
    try {
      ttl = GoDuration.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw bad(
          "ttl", malformed.getMessage(), "a Go duration such as 30m, 1h30m or 24h; 0 for ever");
    }
    if (ttl.isNegative()) {
      throw bad(
          "ttl",
          "it is negative (kubeadm would make a token that never expires)",
          "at least 1s; 0 for ever");
    }
    if (!ttl.isZero() && ttl.compareTo(Duration.ofSeconds(1)) < 0) {
      throw bad(
          "ttl",
          "it is under a second (kubeadm would make a token that is dead at birth)",
          "at least 1s; 0 for ever");
    }
    return ttl;
  }

  private static String checkedDescription(String description) {
    if (description.length() > LONGEST_DESCRIPTION
        || description.chars().anyMatch(Character::isISOControl)) {
      throw bad(
          "description",
          "it is too long or has control characters",
          "one line of at most " + LONGEST_DESCRIPTION + " characters");
    }
    return description;
  }

  private static Map<String, String> jsonFields(String body) {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JsonMappingException repeated) {
      throw bad("body", "it is not one object with every field once", ALL_FIELDS);
    } catch (JsonProcessingException malformed) {
      throw bad("body", "it is not JSON", ALL_FIELDS);
    }
    if (!root.isObject()) {
      throw bad("body", "it is not a JSON object", ALL_FIELDS);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : root.properties()) {
      if (FIELDS.contains(property.getKey()) && !property.getValue().isTextual()) {
        throw bad(property.getKey(), "it is not a string", "a JSON string");
      }
      fields.put(property.getKey(), property.getValue().asText());
    }
    return fields;
  }

  private static Map<String, String> formFields(String body) {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      // The decoder is made for URLs, where a fragment would begin; curl -d escapes nothing.
      String escaped = body.replace("#", "%23");
      var decoder =
          new QueryStringDecoder(escaped, StandardCharsets.UTF_8, false, MOST_FIELDS, true);
      for (var field : decoder.parameters().entrySet()) {
        if (!FIELDS.contains(field.getKey())) {
          throw unknown(field.getKey());
        }
        if (field.getValue().size() > 1) {
          throw bad(field.getKey(), "it is given more than once", "one value");
        }
        fields.put(field.getKey(), field.getValue().get(0));
      }
    } catch (IllegalArgumentException badEscape) {
      throw bad("body", "it is not form data", "fields such as ttl=2h&description=lab");
    }
    return fields;
  }

  /** What is no name is not repeated: it may be a token that was sent without its field. */
  private static ProblemException unknown(String field) {
    String accepted = String.join(", ", FIELDS);
    return NAME.matcher(field).matches()
        ? bad(field, "there is no such field", accepted)
        : bad("body", "it has a field that is not one of these", accepted);
  }

  private static ProblemException bad(String field, String detail, String accepted) {
    return new ProblemException(Problem.badField(field, detail, accepted));
  }

  /** The body as OpenAPI shows it; all fields are optional. */
  @Schema(name = "TokenRequest")
  interface Fields {
    @Schema(
        description = "The value it shall have; a random one by default",
        pattern = "^([a-z0-9]{6})\\.([a-z0-9]{16})$")
    String getToken();

    @Schema(
        description = "How long it lives: a Go duration of at least 1s, or 0 for ever",
        defaultValue = "24h")
    String getTtl();

    @Schema(description = "One line", maxLength = LONGEST_DESCRIPTION)
    String getDescription();
  }
}
