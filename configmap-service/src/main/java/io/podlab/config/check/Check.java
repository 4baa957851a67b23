package io.podlab.config.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.KeyError;
import io.podlab.config.settings.Parsed;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.settings.Shown;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Reading;
import io.podlab.kit.http.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * @param by the commands that it would be accepted by, where there are such as would fail
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
    Optional<String> by,
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
    live.ifPresent(one -> compare(one, candidate, manifest, errors, server, apply, replace));
    if (next.isEmpty()) {
      errors.add(
          new KeyError("", Optional.empty(), "there are no keys: what is in effect would stay"));
    } else if (SettingsParser.parse(next) instanceof Parsed.Invalid invalid) {
      errors.addAll(invalid.errors());
    }
    SortedMap<String, String> given = SettingsParser.given(next);
    List<Change> changes = Change.between(SettingsParser.given(inEffect), given);
    boolean accepted =
        errors.isEmpty() && server.isEmpty() && (apply.isEmpty() || replace.isEmpty());
    return new Check(
        accepted,
        first(errors),
        first(server),
        joined(apply),
        joined(replace),
        accepted ? by(!apply.isEmpty(), !replace.isEmpty(), manifest, live) : Optional.empty(),
        candidate.bytes(),
        appliedBytes,
        changes.size(),
        first(changes),
        first(given.keySet().stream().filter(key -> !SettingsParser.isTyped(key)).toList()),
        live.flatMap(Live::content).map(Reading.Content::immutable));
  }

  private static Optional<String> by(
      boolean notByApply, boolean notByReplace, Manifest manifest, Optional<Live> live) {
    if (!notByApply) {
      return notByReplace ? Optional.of("kubectl apply") : Optional.empty();
    }
    if (live.isPresent()) {
      return Optional.of(live.get().content().isPresent() ? "kubectl replace" : "kubectl create");
    }
    return Optional.of(
        manifest.name().isEmpty() ? "kubectl create" : "kubectl create or kubectl replace");
  }

  /** {@code ValidateConfigMap}. */
  private static void data(Candidate candidate, List<String> server) {
    candidate.data().keySet().forEach(key -> keyName("data", key, server));
    candidate.binaryData().keySet().forEach(key -> keyName("binaryData", key, server));
    duplicates(candidate.data().keySet(), candidate.binaryData().keySet(), server);
    tooLong(candidate.bytes(), server);
  }

  private static void keyName(String part, String key, List<String> server) {
    server.addAll(Names.invalid(place(part, key), key, Names.configKey(key)));
  }

  private static String place(String part, String key) {
    return "%s[%s]".formatted(part, Shown.escaped(Shown.value(key)));
  }

  private static void duplicates(Set<String> data, Set<String> binaryData, List<String> refusals) {
    data.stream()
        .filter(binaryData::contains)
        .forEach(
            key ->
                refusals.addAll(
                    Names.invalid(
                        place("data", key),
                        key,
                        List.of("duplicate of key present in binaryData"))));
  }

  private static void tooLong(long bytes, List<String> refusals) {
    if (bytes > Snapshot.MOST_BYTES) {
      refusals.add("[]: Too long: must have at most %d bytes".formatted(Snapshot.MOST_BYTES));
    }
  }

  /** What the live one has to do with it. */
  private static void compare(
      Live live,
      Candidate candidate,
      Manifest manifest,
      List<KeyError> errors,
      List<String> server,
      List<String> apply,
      List<String> replace) {
    if (!live.is(manifest)) {
      errors.add(
          new KeyError(
              "metadata.name",
              Optional.of(manifest.name()),
              "it is another ConfigMap than %s, which is read here".formatted(live)));
      return;
    }
    if (live.content().isEmpty()) {
      return;
    }
    Reading.Content content = live.content().get();
    resourceVersion(manifest.resourceVersion(), live.name(), content).ifPresent(server::add);
    Fields held = Fields.of(content);
    Fields replaced = Fields.of(candidate, manifest);
    Fields applied =
        replaced.applied(
            held,
            manifest,
            content.written().applied().<Map<?, ?>>map(AppliedAnnotation::read).orElse(Map.of()));
    List<String> byReplace = replaced.forbidden(held);
    List<String> byApply = applied.forbidden(held);
    duplicates(applied.data().keySet(), applied.binaryData().keySet(), byApply);
    tooLong(applied.bytes(), byApply);
    byApply.removeAll(server);
    for (String refusal : byApply) {
      (byReplace.remove(refusal) ? server : apply).add(refusal);
    }
    replace.addAll(byReplace);
  }

  /** 0 is whichever there is. */
  private static Optional<String> resourceVersion(
      String given, String name, Reading.Content content) {
    if (given.isEmpty()) {
      return Optional.empty();
    }
    if (!given.matches("0*[0-9]{1,20}")) {
      return Optional.of(
          "strconv.ParseUint: parsing %s: %s"
              .formatted(
                  Shown.quoted(given),
                  given.matches("[0-9]+") ? "value out of range" : "invalid syntax"));
    }
    String version = given.replaceFirst("^0+", "");
    return version.isEmpty() || content.version().equals(Optional.of(version))
        ? Optional.empty()
        : Optional.of(
            "Operation cannot be fulfilled on configmaps \"%s\": the object has been modified; please"
                    .formatted(name)
                + " apply your changes to the latest version and try again");
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
            ? "it would be accepted%s\n".formatted(by.map(ways -> " by " + ways).orElse(""))
            : server.isEmpty() && !errors.isEmpty()
                ? "it would be rejected\n"
                : "kubectl or the API server would refuse it\n");
    server.forEach(line -> text.append("  ! ").append(line).append('\n'));
    errors.forEach(error -> text.append("  ! ").append(error.sentence()).append('\n'));
    text.append("values: %,d bytes of 1,048,576\n".formatted(bytes));
    text.append("kubectl apply: %,d bytes of annotations of 262,144\n".formatted(appliedBytes));
    apply.ifPresent(why -> text.append("kubectl apply would fail with: " + why + "\n"));
    replace.ifPresent(why -> text.append("kubectl replace would fail with: " + why + "\n"));
    immutable.ifPresent(
        yes ->
            text.append(
                yes
                    ? "the live ConfigMap is immutable: it can only be deleted and made anew\n"
                    : "the live ConfigMap is not immutable\n"));
    text.append("%d %s would change\n".formatted(changed, changed == 1 ? "key" : "keys"));
    changes.forEach(change -> text.append("  ").append(change.sentence()).append('\n'));
    if (!unknown.isEmpty()) {
      text.append("unknown keys, kept as they are: ")
          .append(unknown.stream().map(Shown::line).collect(Collectors.joining(", ")))
          .append('\n');
    }
    return text.toString();
  }
}
