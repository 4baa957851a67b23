package io.podlab.demo.identity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.podlab.kit.http.PlainText;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One fact of an {@link Identity}.
 *
 * @param name its name in the JSON form
 */
public record Fact(@JsonProperty("field") String name, String value) implements PlainText {
  @Override
  @JsonIgnore
  public String plainText() {
    return value + "\n";
  }

  /** The facts that a client can request one by one. */
  enum Field {
    POD("pod", "LAB_POD_NAME", identity -> Optional.of(identity.pod())),
    NAMESPACE("namespace", "LAB_POD_NAMESPACE", Identity::namespace),
    POD_IP("podIP", "LAB_POD_IP", Identity::podIP),
    NODE("node", "LAB_POD_NODE", Identity::node),
    SERVICE_ACCOUNT("serviceAccount", "LAB_POD_SERVICE_ACCOUNT", Identity::serviceAccount),
    VERSION("version", "", identity -> Optional.of(identity.version())),
    COLOR("color", "LAB_DEMO_COLOR", Identity::color),
    MESSAGE("message", "LAB_DEMO_MESSAGE", Identity::message),
    STARTED_AT("startedAt", "", identity -> Optional.of(identity.startedAt().toString())),
    UPTIME("uptime", "", identity -> Optional.of(identity.uptime())),
    REQUESTS("requests", "", identity -> Optional.of(Long.toString(identity.requests()))),
    GENERATION("generation", "", identity -> Optional.of(Long.toString(identity.generation())));

    private final String label;
    private final String variable;
    private final Function<Identity, Optional<String>> value;

    Field(String label, String variable, Function<Identity, Optional<String>> value) {
      this.label = label;
      this.variable = variable;
      this.value = value;
    }

    static Optional<Field> of(String label) {
      return Arrays.stream(values()).filter(field -> field.label.equals(label)).findFirst();
    }

    static String labels() {
      return Arrays.stream(values())
          .map(field -> field.label)
          .collect(Collectors.joining(", "))
          .replaceFirst(", (\\w+)$", " or $1");
    }

    /** Empty if the fact is not known. */
    Optional<Fact> of(Identity identity) {
      return value.apply(identity).map(known -> new Fact(label, known));
    }

    /** The variable that sets this fact; empty if the fact is always known. */
    String variable() {
      return variable;
    }
  }
}
