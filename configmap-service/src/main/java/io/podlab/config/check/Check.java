package io.podlab.config.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.config.http.PlainText;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.settings.Parsed;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.settings.Shown;
import io.podlab.config.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The answer to {@code POST /config/check}.
 *
 * @param accepted whether it would come into effect
 * @param errors by key: why this service would reject it
 * @param server what the API server would refuse it with, in its words where it has such
 * @param apply what {@code kubectl apply} would fail with; other ways to write it do not
 * @param bytes of all values, of 1,048,576
 * @param appliedBytes of the annotation that {@code kubectl apply} adds, of 262,144
 * @param changed how many keys would differ from what is in effect
 * @param changes the first 100 of them
 * @param immutable whether the live ConfigMap is; absent where the API is no source here
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Check(
    boolean accepted,
    List<KeyError> errors,
    List<String> server,
    Optional<String> apply,
    long bytes,
    long appliedBytes,
    int changed,
    List<Change> changes,
    Optional<Boolean> immutable)
    implements PlainText {
  private static final int MOST_APPLIED_BYTES = 256 * 1024;
  private static final int MOST = 100;

  /** {@code IsConfigMapKey} of apimachinery's validation. */
  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");

  private static final int LONGEST_KEY = 253;

  /**
   * @param live what is in effect
   * @param immutable whether the ConfigMap is, as far as that is known
   */
  static Check of(Candidate candidate, Snapshot live, Optional<Boolean> immutable) {
    List<KeyError> errors = new ArrayList<>(candidate.errors());
    List<String> server = new ArrayList<>();
    candidate.data().keySet().forEach(key -> keyName("data", key, server));
    candidate.binaryData().keySet().forEach(key -> keyName("binaryData", key, server));
    candidate.data().keySet().stream()
        .filter(candidate.binaryData()::containsKey)
        .forEach(
            key ->
                server.add(
                    "data[%s]: Invalid value: \"%s\": duplicate of key present in binaryData"
                        .formatted(key, key)));
    long bytes = candidate.bytes();
    if (bytes > Snapshot.MOST_BYTES) {
      server.add("[]: Too long: must have at most %d bytes".formatted(Snapshot.MOST_BYTES));
    }
    SortedMap<String, byte[]> values = new TreeMap<>(candidate.binaryData());
    candidate
        .data()
        .forEach((key, value) -> values.put(key, value.getBytes(StandardCharsets.UTF_8)));
    Snapshot next = Snapshot.of(values);
    if (next.isEmpty()) {
      errors.add(
          new KeyError("", Optional.empty(), "there are no keys: what is in effect would stay"));
    } else if (SettingsParser.parse(next) instanceof Parsed.Invalid invalid) {
      errors.addAll(invalid.errors());
    }
    List<Change> changes = Change.between(SettingsParser.given(live), SettingsParser.given(next));
    if (immutable.orElse(false) && !next.revision().equals(live.revision())) {
      server.add("data: Forbidden: field is immutable when `immutable` is set");
    }
    long applied = candidate.appliedBytes();
    return new Check(
        errors.isEmpty() && server.isEmpty(),
        first(errors),
        first(server),
        applied > MOST_APPLIED_BYTES
            ? Optional.of(
                "metadata.annotations: Too long: must have at most %d bytes"
                    .formatted(MOST_APPLIED_BYTES))
            : Optional.empty(),
        bytes,
        applied,
        changes.size(),
        first(changes),
        immutable);
  }

  private static void keyName(String part, String key, List<String> server) {
    String why =
        !KEY.matcher(key).matches()
            ? "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
            : key.length() > LONGEST_KEY
                ? "must be no more than 253 characters"
                : key.equals(".") || key.equals("..")
                    ? "must not be '" + key + "'"
                    : key.startsWith("..") ? "must not start with '..'" : null;
    if (why != null) {
      String shown = Shown.line(key);
      server.add("%s[%s]: Invalid value: \"%s\": %s".formatted(part, shown, shown, why));
    }
  }

  private static <T> List<T> first(List<T> all) {
    return List.copyOf(all.subList(0, Math.min(MOST, all.size())));
  }

  @Override
  public String plainText() {
    StringBuilder text = new StringBuilder();
    text.append(
        accepted
            ? "it would be accepted\n"
            : server.isEmpty()
                ? "this service would reject it\n"
                : "the API server would refuse it\n");
    server.forEach(line -> text.append("  ! ").append(line).append('\n'));
    errors.forEach(error -> text.append("  ! ").append(error.sentence()).append('\n'));
    text.append("values: %,d bytes of 1,048,576\n".formatted(bytes));
    text.append(
        "kubectl apply: %,d bytes of annotation of 262,144%s\n"
            .formatted(
                appliedBytes,
                apply
                    .map(
                        line ->
                            "; it fails with: "
                                + line
                                + "; kubectl replace and apply --server-side do not")
                    .orElse("")));
    immutable.ifPresent(
        yes ->
            text.append(
                yes
                    ? "the live ConfigMap is immutable: it can only be deleted and made anew\n"
                    : "the live ConfigMap is not immutable\n"));
    text.append("%d %s would change\n".formatted(changed, changed == 1 ? "key" : "keys"));
    changes.forEach(change -> text.append("  ").append(change.sentence()).append('\n'));
    return text.toString();
  }
}
