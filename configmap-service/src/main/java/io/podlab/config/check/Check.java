package io.podlab.config.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.config.http.PlainText;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.settings.Parsed;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.settings.Shown;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Reading;
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
 * @param errors by key: values that are no text, and why this service would reject it
 * @param server what kubectl or the API server would refuse it with, in their words where they have
 *     such
 * @param apply what {@code kubectl apply} would fail with; other ways to write it do not
 * @param bytes of all values, of 1,048,576
 * @param appliedBytes of all annotations, with that which {@code kubectl apply} adds, of 262,144
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
  private static final String ANNOTATIONS_TOO_LONG =
      "metadata.annotations: Too long: must have at most %d bytes"
          .formatted(Manifest.MOST_ANNOTATION_BYTES);

  private static final int MOST = 100;

  /** {@code IsConfigMapKey} of apimachinery's validation. */
  private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");

  private static final int LONGEST_KEY = 253;

  /**
   * @param inEffect what would change
   * @param live the ConfigMap as the API last gave it, if it did
   */
  static Check of(Candidate candidate, Snapshot inEffect, Optional<Reading.Content> live) {
    List<KeyError> errors = new ArrayList<>(candidate.errors());
    List<String> server =
        new ArrayList<>(candidate.manifest().map(Manifest::refusals).orElse(List.of()));
    candidate.data().keySet().forEach(key -> keyName("data", key, server));
    candidate.binaryData().keySet().forEach(key -> keyName("binaryData", key, server));
    candidate.data().keySet().stream()
        .filter(candidate.binaryData()::containsKey)
        .forEach(
            key ->
                server.add(
                    "data[%s]: Invalid value: \"%s\": duplicate of key present in binaryData"
                        .formatted(Shown.line(key), Shown.line(key))));
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
    List<Change> changes =
        Change.between(SettingsParser.given(inEffect), SettingsParser.given(next));
    live.filter(Reading.Content::immutable)
        .ifPresent(content -> immutable(candidate, next, content.snapshot(), server));
    if (candidate.manifest().map(Manifest::annotationBytes).orElse(0L)
        > Manifest.MOST_ANNOTATION_BYTES) {
      server.add(ANNOTATIONS_TOO_LONG);
    }
    return new Check(
        errors.isEmpty() && server.isEmpty(),
        first(errors),
        first(server),
        candidate.appliedBytes() > Manifest.MOST_ANNOTATION_BYTES
            ? Optional.of(ANNOTATIONS_TOO_LONG)
            : Optional.empty(),
        bytes,
        candidate.appliedBytes(),
        changes.size(),
        first(changes),
        live.map(Reading.Content::immutable));
  }

  /** {@code ValidateConfigMapUpdate}; {@code kubectl apply} leaves what is not given as it is. */
  private static void immutable(
      Candidate candidate, Snapshot next, Snapshot live, List<String> server) {
    String forbidden = ": Forbidden: field is immutable when `immutable` is set";
    if (!candidate.manifest().flatMap(Manifest::immutable).orElse(true)) {
      server.add("immutable" + forbidden);
    }
    if (!next.data().equals(live.data())) {
      server.add("data" + forbidden);
    }
    if (!next.binaryData().equals(live.binaryData())) {
      server.add("binaryData" + forbidden);
    }
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
                ? "it would be rejected\n"
                : "kubectl or the API server would refuse it\n");
    server.forEach(line -> text.append("  ! ").append(line).append('\n'));
    errors.forEach(error -> text.append("  ! ").append(error.sentence()).append('\n'));
    text.append("values: %,d bytes of 1,048,576\n".formatted(bytes));
    text.append(
        "kubectl apply: %,d bytes of annotations of 262,144%s\n"
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
