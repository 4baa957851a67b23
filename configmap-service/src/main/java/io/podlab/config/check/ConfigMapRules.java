package io.podlab.config.check;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podlab.config.settings.Excerpt;
import io.podlab.config.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The rules for a ConfigMap that every version of the API server and {@code kubectl} has. */
final class ConfigMapRules {
  private static final int MOST_ANNOTATION_BYTES = 256 * 1024;

  /** In this annotation, {@code kubectl apply} stores the manifest. */
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** {@code IsConfigMapKey} in {@code apimachinery/pkg/util/validation}. */
  private static final Pattern KEY = Pattern.compile("(?!\\.$|\\.\\.)[-._a-zA-Z0-9]{1,253}");

  private ConfigMapRules() {}

  /**
   * @param live the ConfigMap that the candidate would replace, if it exists
   */
  static List<String> broken(Candidate candidate, Optional<LiveConfigMap> live) {
    ConfigMap configMap = candidate.configMap();
    Snapshot content = candidate.content();
    List<String> broken = new ArrayList<>();
    SortedSet<String> keys = new TreeSet<>(configMap.getData().keySet());
    keys.addAll(configMap.getBinaryData().keySet());
    for (String key : keys) {
      if (!isValidKey(key)) {
        broken.add(
            "%s is not a valid key; use 1 to 253 letters, digits, '-', '_' or '.', except '.' itself and keys that start with '..'"
                .formatted(Excerpt.quoted(key)));
      }
      if (configMap.getData().containsKey(key) && configMap.getBinaryData().containsKey(key)) {
        broken.add(
            "%s is in both data and binaryData; remove one of them".formatted(Excerpt.quoted(key)));
      }
    }
    if (content.bytes() > Snapshot.MOST_BYTES) {
      broken.add(
          "the values have %,d bytes; a ConfigMap can contain at most %,d"
              .formatted(content.bytes(), Snapshot.MOST_BYTES));
    }
    long annotationBytes = annotationBytes(configMap);
    if (!fitsAnnotations(annotationBytes)) {
      broken.add(
          "the annotations have %,d bytes; an object can have at most %,d"
              .formatted(annotationBytes, MOST_ANNOTATION_BYTES));
    }
    boolean staysImmutable = candidate.bareKeys() || Boolean.TRUE.equals(configMap.getImmutable());
    live.filter(LiveConfigMap::isImmutable)
        .filter(one -> !staysImmutable || !one.contains(content))
        .ifPresent(
            one ->
                broken.add(
                    "ConfigMap %s is immutable; %sdelete it and create it again"
                        .formatted(one, one.contains(content) ? "set immutable: true, or " : "")));
    return broken;
  }

  static boolean isValidKey(String key) {
    return KEY.matcher(key).matches();
  }

  static boolean fitsAnnotations(long bytes) {
    return bytes <= MOST_ANNOTATION_BYTES;
  }

  /** Size of the names and values of all annotations; a null value counts as empty. */
  static long annotationBytes(ConfigMap configMap) {
    return configMap.getMetadata().getAnnotations().entrySet().stream()
        .mapToLong(one -> utf8Length(one.getKey()) + utf8Length(one.getValue()))
        .sum();
  }

  /** Size of the names and values of all annotations after {@code kubectl apply}. */
  static long appliedBytes(
      ConfigMap configMap, Optional<LiveConfigMap> live, KubernetesSerialization serialization) {
    ConfigMap applied =
        new ConfigMapBuilder(configMap)
            .editMetadata()
            .removeFromAnnotations(LAST_APPLIED)
            .endMetadata()
            .build();
    if (applied.getMetadata().getName() == null) {
      applied.getMetadata().setName(live.map(LiveConfigMap::name).orElse("configmap"));
    }
    if (applied.getMetadata().getNamespace() == null) {
      applied.getMetadata().setNamespace(live.map(LiveConfigMap::namespace).orElse("default"));
    }
    String json = serialization.asJson(applied);
    return annotationBytes(applied)
        + LAST_APPLIED.length()
        + utf8Length(json)
        // kubectl escapes <, > and & as \u003c etc., and adds empty annotations and a newline.
        + json.chars().filter(c -> c == '<' || c == '>' || c == '&').count() * "u003c".length()
        + (applied.getMetadata().getAnnotations().isEmpty() ? "\"annotations\":{},".length() : 0)
        + 1;
  }

  private static long utf8Length(String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }
}
