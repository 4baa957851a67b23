package io.podlab.lab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Adapts the objects of deploy/base to another namespace or to other images.
 *
 * <p>A kustomize overlay cannot do this: versions of kubectl differ in how an overlay changes the
 * name of a Namespace object and the subjects of a RoleBinding. For example, kustomize 5.5 leaves
 * the subjects in the namespace of the base.
 */
final class Manifests {
  /** The namespace that deploy/base is written for. */
  static final String BASE_NAMESPACE = "podlab";

  /** The label of every object of deploy/base. */
  static final String PART_OF = "app.kubernetes.io/part-of";

  static final String PODLAB = "podlab";

  private static final Pattern IMAGE = Pattern.compile("(podlab/[a-z0-9-]+):([\\w.-]+)");

  private Manifests() {}

  /**
   * The objects to apply.
   *
   * @param ownNamespace false if the namespace exists without Podlab's label: then the result does
   *     not contain the Namespace object, so the namespace does not get the label
   */
  static List<ObjectNode> forTarget(
      List<ObjectNode> rendered, Target target, boolean ownNamespace) {
    return rendered.stream()
        .filter(object -> ownNamespace || !isNamespace(object))
        .map(object -> adapted(object.deepCopy(), target))
        .toList();
  }

  static boolean isNamespace(JsonNode object) {
    return object.path("kind").asText().equals("Namespace")
        && object.path("apiVersion").asText().equals("v1");
  }

  /** True if an object on the cluster has Podlab's label. */
  static boolean isOurs(JsonNode live) {
    return live.path("metadata").path("labels").path(PART_OF).asText().equals(PODLAB);
  }

  private static ObjectNode adapted(ObjectNode object, Target target) {
    ObjectNode metadata = (ObjectNode) object.get("metadata");
    metadata.remove("creationTimestamp");
    if (isNamespace(object) && metadata.path("name").asText().equals(BASE_NAMESPACE)) {
      metadata.put("name", target.namespace());
    }
    if (!metadata.path("namespace").asText().equals(BASE_NAMESPACE)) {
      rename(metadata, target);
      rename(object.path("roleRef"), target);
    }
    moveNamespace(metadata, target);
    object.path("subjects").forEach(subject -> moveNamespace(subject, target));
    JsonNode pod = object.path("spec").path("template").path("spec");
    Stream.of("containers", "initContainers")
        .flatMap(list -> Manifests.elements(pod.path(list)))
        .forEach(
            container ->
                ((ObjectNode) container)
                    .put("image", image(container.path("image").asText(), target)));
    return object;
  }

  /** Without this, two installations would share {@code podlab:token-service}. */
  private static void rename(JsonNode holder, Target target) {
    String name = holder.path("name").asText();
    if (name.startsWith(BASE_NAMESPACE + ":")) {
      ((ObjectNode) holder)
          .put("name", target.namespace() + name.substring(BASE_NAMESPACE.length()));
    }
  }

  private static void moveNamespace(JsonNode holder, Target target) {
    if (holder.path("namespace").asText().equals(BASE_NAMESPACE)) {
      ((ObjectNode) holder).put("namespace", target.namespace());
    }
  }

  static Stream<JsonNode> elements(JsonNode array) {
    Stream.Builder<JsonNode> elements = Stream.builder();
    array.forEach(elements);
    return elements.build();
  }

  /** Changes Podlab's own images only. */
  static String image(String image, Target target) {
    Matcher matcher = IMAGE.matcher(image);
    if (!matcher.matches()) {
      return image;
    }
    String tag = target.tag() == null ? matcher.group(2) : target.tag();
    String registry = target.registry() == null ? "" : target.registry() + "/";
    return registry + matcher.group(1) + ":" + tag;
  }

  /** The kinds of the objects in this namespace, as {@code KIND.VERSION.GROUP} for kubectl. */
  static List<String> kinds(List<ObjectNode> objects, String namespace) {
    return objects.stream()
        .filter(object -> namespace(object).equals(namespace))
        .map(Manifests::kind)
        .distinct()
        .toList();
  }

  /** The objects outside this namespace, without the Namespace object. */
  static List<ObjectNode> outside(List<ObjectNode> objects, String namespace) {
    return objects.stream()
        .filter(object -> !isNamespace(object) && !namespace(object).equals(namespace))
        .toList();
  }

  /** Empty for a cluster-scoped object. */
  static String namespace(JsonNode object) {
    return object.path("metadata").path("namespace").asText();
  }

  static String kind(JsonNode object) {
    String[] apiVersion = object.path("apiVersion").asText().split("/");
    String kind = object.path("kind").asText();
    return apiVersion.length == 1
        ? kind + "." + apiVersion[0] + "."
        : kind + "." + apiVersion[1] + "." + apiVersion[0];
  }

  static List<String> deployments(List<ObjectNode> objects) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals("Deployment"))
        .map(object -> object.path("metadata").path("name").asText())
        .toList();
  }
}
