package io.podlab.config.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podlab.config.reload.State;
import io.podlab.config.settings.Change;
import io.podlab.config.settings.Document;
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
 * @param accepted true if {@code errors} and {@code server} are empty
 * @param errors why this service or kubectl would reject the configuration, by key; this includes
 *     errors that arise together with the keys that {@code kubectl apply} keeps
 * @param server the rules of the API server that the configuration breaks
 * @param apply why {@code kubectl apply} would fail although {@code kubectl replace} would not: the
 *     annotation that it adds, or the keys that it keeps
 * @param bytes size of all values; the limit is 1,048,576
 * @param appliedBytes size of all annotations, including the one that {@code kubectl apply} adds;
 *     the limit is 262,144
 * @param changed number of keys that would change in the configuration in effect after {@code
 *     kubectl apply}
 * @param changes the first 100 changes
 * @param rollback why nothing would change, if the source already has this content and a rollback
 *     is in effect
 * @param kept the first 100 keys of the live ConfigMap that are absent here and that {@code kubectl
 *     apply} keeps, because something else added them; {@code kubectl replace} removes them
 * @param unknown the first 100 keys without a meaning to this service; it keeps their values
 * @param immutable whether the live ConfigMap is immutable; absent if this service does not read
 *     it, or it does not exist
 * @param dryRun the command that asks the API server to check all its other rules
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
    Optional<String> rollback,
    List<String> kept,
    List<String> unknown,
    Optional<Boolean> immutable,
    String dryRun)
    implements PlainText {
  private static final String DRY_RUN = "kubectl apply --dry-run=server -f FILE";
  private static final int MOST = 100;

  /**
   * @param state with the configuration in effect
   * @param live the ConfigMap that this service reads, if the API is a source
   */
  static Check of(
      Candidate candidate,
      State state,
      Optional<LiveConfigMap> live,
      KubernetesSerialization serialization) {
    ConfigMap configMap = candidate.configMap();
    Snapshot next = candidate.content();
    Optional<LiveConfigMap> replaced = live.filter(one -> one.isNamed(configMap.getMetadata()));
    List<KeyError> errors = new ArrayList<>(candidate.errors());
    if (live.isPresent() && replaced.isEmpty()) {
      errors.add(
          new KeyError(
              "metadata.name",
              Optional.ofNullable(configMap.getMetadata().getName()),
              "not the ConfigMap that this service reads; use %s".formatted(live.get())));
    }
    if (next.isEmpty() && candidate.errors().isEmpty()) {
      errors.add(new KeyError("", Optional.empty(), Document.NO_KEYS));
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
    // A rollback stays in effect as long as the source has the same content.
    Snapshot inEffect = state.loaded().snapshot();
    boolean keepsRollback = state.keepsRollback(afterApply.revision());
    List<Change> changes =
        keepsRollback
            ? List.of()
            : Change.between(SettingsParser.given(inEffect), SettingsParser.given(afterApply));
    return new Check(
        errors.isEmpty() && server.isEmpty(),
        first(errors),
        first(server),
        whyOnlyApplyFails(next, afterApply, annotationTooLong),
        next.bytes(),
        appliedBytes,
        changes.size(),
        first(changes),
        Optional.of(
                "the source already has this content; the rollback to %s stays in effect"
                    .formatted(inEffect.revision()))
            .filter(why -> keepsRollback),
        first(replaced.map(one -> List.copyOf(one.keptByApply(next))).orElseGet(List::of)),
        first(
            given.keySet().stream()
                .filter(key -> !SettingsParser.isTyped(key) && !isInvalidKey(key, next))
                .toList()),
        live.flatMap(LiveConfigMap::content).map(Reading.Content::immutable),
        DRY_RUN);
  }

  /** A key inside a document such as application.yaml is not a key of the ConfigMap. */
  private static boolean isInvalidKey(String key, Snapshot next) {
    return (next.data().containsKey(key) || next.binaryData().containsKey(key))
        && !ConfigMapRules.isValidKey(key);
  }

  private static Optional<String> whyOnlyApplyFails(
      Snapshot next, Snapshot afterApply, boolean annotationTooLong) {
    if (annotationTooLong) {
      return Optional.of(
          "the annotation that it adds is too long; use kubectl create or kubectl replace");
    }
    return Optional.of(
            "the values have %,d bytes with the keys that it keeps; use kubectl replace"
                .formatted(afterApply.bytes()))
        .filter(
            why -> next.bytes() <= Snapshot.MOST_BYTES && afterApply.bytes() > Snapshot.MOST_BYTES);
  }

  private static KeyError afterApply(KeyError error) {
    return new KeyError(
        error.key(),
        error.value(),
        (error.value().isPresent() ? "invalid after kubectl apply: " : "after kubectl apply, ")
            + error.why());
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
    text.append("size of the values: %,d of 1,048,576 bytes\n".formatted(bytes));
    text.append(
        "size of the annotations after kubectl apply: %,d of 262,144 bytes\n"
            .formatted(appliedBytes));
    apply.ifPresent(why -> text.append("kubectl apply would fail: ").append(why).append('\n'));
    immutable.ifPresent(
        yes -> text.append("the live ConfigMap is %simmutable\n".formatted(yes ? "" : "not ")));
    text.append("%d %s would change\n".formatted(changed, changed == 1 ? "key" : "keys"));
    rollback.ifPresent(why -> text.append("  ").append(why).append('\n'));
    changes.forEach(change -> text.append(change.text("  ")));
    if (!kept.isEmpty()) {
      text.append("keys that kubectl apply keeps and kubectl replace removes: ")
          .append(listed(kept))
          .append('\n');
    }
    if (!unknown.isEmpty()) {
      text.append("keys without a meaning to this service: ").append(listed(unknown)).append('\n');
    }
    return text.append("to check all other rules of the API server: ")
        .append(dryRun)
        .append('\n')
        .toString();
  }
}
