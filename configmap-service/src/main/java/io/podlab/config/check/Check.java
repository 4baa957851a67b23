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
import java.util.stream.Collectors;

/**
 * The answer to {@code POST /config/check}.
 *
 * @param accepted whether it would come into effect
 * @param errors by key: why this service would reject it
 * @param server what kubectl or the API server would refuse it with, in their words where they have
 *     such
 * @param apply what {@code kubectl apply} would fail with, where other ways to write it do not
 * @param replace what {@code kubectl replace} would fail with, where other ways do not
 * @param bytes of all values, of 1,048,576
 * @param appliedBytes of all annotations, with that which {@code kubectl apply} adds, of 262,144
 * @param changed how many keys would differ from what is in effect
 * @param changes the first 100 of them
 * @param unknown keys that have no meaning here, the first 100; they are kept as they are
 * @param immutable whether the live ConfigMap is; absent where the API is no source here
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Check(
    boolean accepted,
    List<KeyError> errors,
    List<String> server,
    Optional<String> apply,
    Optional<String> replace,
    long bytes,
    long appliedBytes,
    int changed,
    List<Change> changes,
    List<String> unknown,
    Optional<Boolean> immutable)
    implements PlainText {
  private static final String ANNOTATIONS_TOO_LONG =
      "metadata.annotations: Too long: must have at most %d bytes"
          .formatted(Manifest.MOST_ANNOTATION_BYTES);

  private static final int MOST = 100;

  /**
   * @param inEffect what would change
   * @param live the ConfigMap that it would replace, if there is one
   */
  static Check of(Candidate candidate, Snapshot inEffect, Optional<Live> live) {
    Manifest manifest = candidate.manifest(live.map(Live::name).orElse("configmap"));
    String namespace = live.map(Live::namespace).orElse("default");
    SortedMap<String, byte[]> values = new TreeMap<>(candidate.binaryData());
    candidate
        .data()
        .forEach((key, value) -> values.put(key, value.getBytes(StandardCharsets.UTF_8)));
    Snapshot next = Snapshot.of(values);
    List<KeyError> errors = new ArrayList<>();
    List<String> server = new ArrayList<>(manifest.refusals());
    if (server.isEmpty()) {
      server.addAll(manifest.invalid());
      data(candidate, server);
      if (manifest.annotationBytes(namespace) > Manifest.MOST_ANNOTATION_BYTES) {
        server.add(ANNOTATIONS_TOO_LONG);
      }
    }
    long appliedBytes = manifest.appliedBytes(namespace);
    List<String> apply = new ArrayList<>();
    List<String> replace = new ArrayList<>();
    if (appliedBytes > Manifest.MOST_ANNOTATION_BYTES && !server.contains(ANNOTATIONS_TOO_LONG)) {
      apply.add(ANNOTATIONS_TOO_LONG);
    }
    if (manifest.name().isEmpty()) {
      apply.add("cannot use generate name with apply");
    }
    live.ifPresent(one -> compare(one, manifest, next, errors, server, replace));
    if (next.isEmpty()) {
      errors.add(
          new KeyError("", Optional.empty(), "there are no keys: what is in effect would stay"));
    } else if (SettingsParser.parse(next) instanceof Parsed.Invalid invalid) {
      errors.addAll(invalid.errors());
    }
    SortedMap<String, String> given = SettingsParser.given(next);
    List<Change> changes = Change.between(SettingsParser.given(inEffect), given);
    return new Check(
        errors.isEmpty() && server.isEmpty() && (apply.isEmpty() || replace.isEmpty()),
        first(errors),
        first(server),
        joined(apply),
        joined(replace),
        candidate.bytes(),
        appliedBytes,
        changes.size(),
        first(changes),
        first(given.keySet().stream().filter(key -> !SettingsParser.isTyped(key)).toList()),
        live.map(one -> one.content().immutable()));
  }

  /** {@code ValidateConfigMap}. */
  private static void data(Candidate candidate, List<String> server) {
    candidate.data().keySet().forEach(key -> keyName("data", key, server));
    candidate.binaryData().keySet().forEach(key -> keyName("binaryData", key, server));
    candidate.data().keySet().stream()
        .filter(candidate.binaryData()::containsKey)
        .forEach(
            key ->
                server.addAll(
                    Names.invalid(
                        "data[%s]".formatted(Shown.line(key)),
                        key,
                        List.of("duplicate of key present in binaryData"))));
    if (candidate.bytes() > Snapshot.MOST_BYTES) {
      server.add("[]: Too long: must have at most %d bytes".formatted(Snapshot.MOST_BYTES));
    }
  }

  private static void keyName(String part, String key, List<String> server) {
    server.addAll(
        Names.invalid("%s[%s]".formatted(part, Shown.line(key)), key, Names.configKey(key)));
  }

  /** What the live one has to do with it. */
  private static void compare(
      Live live,
      Manifest manifest,
      Snapshot next,
      List<KeyError> errors,
      List<String> server,
      List<String> replace) {
    if (!live.is(manifest)) {
      errors.add(
          new KeyError(
              "metadata.name",
              Optional.of(manifest.name()),
              "it is another ConfigMap than %s, which is read here".formatted(live)));
      return;
    }
    String version = manifest.resourceVersion();
    if (!version.isEmpty() && !live.content().version().equals(Optional.of(version))) {
      server.add(
          "Operation cannot be fulfilled on configmaps \"%s\": the object has been modified; please"
                  .formatted(live.name())
              + " apply your changes to the latest version and try again");
    }
    if (live.content().immutable()) {
      Snapshot held = live.content().snapshot();
      Optional<Boolean> immutable = manifest.immutable();
      forbidden(
          "immutable", immutable.equals(Optional.of(false)), immutable.isEmpty(), server, replace);
      forbidden("data", held.data(), next.data(), server, replace);
      forbidden("binaryData", held.binaryData(), next.binaryData(), server, replace);
    }
  }

  /**
   * {@code kubectl apply} leaves what is not given, unless it was given when it was last applied.
   */
  private static void forbidden(
      String field,
      SortedMap<String, String> held,
      SortedMap<String, String> next,
      List<String> server,
      List<String> replace) {
    SortedMap<String, String> merged = new TreeMap<>(held);
    merged.putAll(next);
    forbidden(field, !merged.equals(held), !next.equals(held), server, replace);
  }

  /** {@code ValidateConfigMapUpdate}. */
  private static void forbidden(
      String field, boolean changed, boolean leftOut, List<String> server, List<String> replace) {
    String refusal = field + ": Forbidden: field is immutable when `immutable` is set";
    if (changed) {
      server.add(refusal);
    } else if (leftOut) {
      replace.add(refusal);
    }
  }

  private static Optional<String> joined(List<String> refusals) {
    return refusals.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", refusals));
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
    text.append("kubectl apply: %,d bytes of annotations of 262,144\n".formatted(appliedBytes));
    apply.ifPresent(why -> text.append("kubectl apply would fail with: " + why + "\n"));
    replace.ifPresent(
        why ->
            text.append(
                "kubectl replace would fail with: %s; so would kubectl apply, if it made what is left out\n"
                    .formatted(why)));
    immutable.ifPresent(
        yes ->
            text.append(
                yes
                    ? "the live ConfigMap is immutable: it can only be deleted and made anew\n"
                    : "the live ConfigMap is not immutable\n"));
    text.append("%d %s would change\n".formatted(changed, changed == 1 ? "key" : "keys"));
    changes.forEach(change -> text.append("  ").append(change.sentence()).append('\n'));
    if (!unknown.isEmpty()) {
      text.append("without a meaning here: ")
          .append(unknown.stream().map(Shown::line).collect(Collectors.joining(", ")))
          .append('\n');
    }
    return text.toString();
  }
}
