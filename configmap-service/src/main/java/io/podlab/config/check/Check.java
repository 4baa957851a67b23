package io.podlab.config.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.Excerpt;
import io.podlab.config.settings.KeyError;
import io.podlab.config.settings.Parsed;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Reading;
import io.podlab.kit.http.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The answer to {@code POST /config/check}.
 *
 * @param accepted whether there are neither errors nor broken rules of the API server
 * @param errors by key: why this service or kubectl would reject it, alone or with the keys that
 *     {@code kubectl apply} keeps
 * @param server rules of the API server that it breaks
 * @param apply why {@code kubectl apply} would fail because of the annotation that it adds or the
 *     keys that it keeps, where other ways to write it do not
 * @param bytes of all values, of 1,048,576
 * @param appliedBytes of all annotations, with the one that {@code kubectl apply} adds, of 262,144
 * @param changed how many keys would differ from what is in effect, after {@code kubectl apply}
 * @param changes the first 100 of them
 * @param kept the first 100 keys of the live ConfigMap that this lacks and {@code kubectl apply}
 *     keeps, because others added them; {@code kubectl replace} removes them
 * @param unknown keys that have no meaning here, the first 100; they are kept as they are
 * @param immutable whether the live ConfigMap is; absent where the API is no source here
 * @param dryRun the command that asks the API server about all its other rules
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
    List<String> kept,
    List<String> unknown,
    Optional<Boolean> immutable,
    String dryRun)
    implements PlainText {
  private static final String DRY_RUN = "kubectl apply --dry-run=server -f FILE";
  private static final int MOST = 100;

  /**
   * @param inEffect what would change
   * @param live the ConfigMap that it would replace, if the API is a source
   */
  static Check of(
      Candidate candidate,
      Snapshot inEffect,
      Optional<Live> live,
      KubernetesSerialization serialization) {
    ConfigMap configMap = candidate.configMap();
    Snapshot next = candidate.content();
    Optional<Live> replaced = live.filter(one -> one.isNamed(configMap.getMetadata()));
    List<KeyError> errors = new ArrayList<>(candidate.errors());
    if (live.isPresent() && replaced.isEmpty()) {
      errors.add(
          new KeyError(
              "metadata.name",
              Optional.ofNullable(configMap.getMetadata().getName()),
              "it is another ConfigMap than %s, which is read here".formatted(live.get())));
    }
    if (next.isEmpty() && candidate.errors().isEmpty()) {
      errors.add(
          new KeyError("", Optional.empty(), "there are no keys: what is in effect would stay"));
    }
    Snapshot afterApply = replaced.map(one -> one.afterApply(next)).orElse(next);
    if (SettingsParser.parse(next) instanceof Parsed.Invalid invalid) {
      errors.addAll(invalid.errors());
    } else if (SettingsParser.parse(afterApply) instanceof Parsed.Invalid invalid) {
      invalid.errors().forEach(error -> errors.add(afterApply(error)));
    }
    List<String> server = ConfigMapRules.broken(candidate, replaced);
    long appliedBytes = ConfigMapRules.appliedBytes(configMap, live, serialization);
    boolean annotationTooLong =
        ConfigMapRules.fitsAnnotations(ConfigMapRules.annotationBytes(configMap))
            && !ConfigMapRules.fitsAnnotations(appliedBytes);
    SortedMap<String, String> given = SettingsParser.given(next);
    List<Change> changes =
        Change.between(SettingsParser.given(inEffect), SettingsParser.given(afterApply));
    return new Check(
        errors.isEmpty() && server.isEmpty(),
        first(errors),
        first(server),
        whyOnlyApplyFails(next, afterApply, annotationTooLong),
        next.bytes(),
        appliedBytes,
        changes.size(),
        first(changes),
        first(replaced.map(one -> List.copyOf(one.keptByApply(next))).orElseGet(List::of)),
        first(given.keySet().stream().filter(key -> !SettingsParser.isTyped(key)).toList()),
        live.flatMap(Live::content).map(Reading.Content::immutable),
        DRY_RUN);
  }

  private static Optional<String> whyOnlyApplyFails(
      Snapshot next, Snapshot afterApply, boolean annotationTooLong) {
    if (annotationTooLong) {
      return Optional.of(
          "the annotation that it adds is too long: use kubectl create or kubectl replace");
    }
    return Optional.of(
            "with the keys that it keeps the values have %,d bytes: use kubectl replace"
                .formatted(afterApply.bytes()))
        .filter(
            why -> next.bytes() <= Snapshot.MOST_BYTES && afterApply.bytes() > Snapshot.MOST_BYTES);
  }

  private static KeyError afterApply(KeyError error) {
    return new KeyError(
        error.key(), error.value(), "after kubectl apply it would be rejected: " + error.why());
  }

  private static <T> List<T> first(List<T> all) {
    return List.copyOf(all.subList(0, Math.min(MOST, all.size())));
  }

  private static String listed(List<String> keys) {
    return keys.stream().map(Excerpt::line).collect(Collectors.joining(", "));
  }

  @Override
  public String plainText() {
    StringBuilder text = new StringBuilder();
    text.append(accepted ? "it would be accepted\n" : "it would be rejected\n");
    server.forEach(line -> text.append("  ! ").append(line).append('\n'));
    errors.forEach(error -> text.append("  ! ").append(error.sentence()).append('\n'));
    text.append("values: %,d bytes of 1,048,576\n".formatted(bytes));
    text.append("kubectl apply: %,d bytes of annotations of 262,144\n".formatted(appliedBytes));
    apply.ifPresent(why -> text.append("kubectl apply would fail: ").append(why).append('\n'));
    immutable.ifPresent(
        yes -> text.append("the live ConfigMap is %simmutable\n".formatted(yes ? "" : "not ")));
    text.append("%d %s would change\n".formatted(changed, changed == 1 ? "key" : "keys"));
    changes.forEach(change -> text.append("  ").append(change.sentence()).append('\n'));
    if (!kept.isEmpty()) {
      text.append("kubectl apply keeps keys that others added, kubectl replace removes them: ")
          .append(listed(kept))
          .append('\n');
    }
    if (!unknown.isEmpty()) {
      text.append("unknown keys, kept as they are: ").append(listed(unknown)).append('\n');
    }
    return text.append("the API server's other rules: ").append(dryRun).append('\n').toString();
  }
}
