package io.podlab.config.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** {@code core/v1.ConfigMap} of Kubernetes 1.20, in the API server's OpenAPI. */
final class ConfigMapSchema {
  private static final String CONFIG_MAP = "io.k8s.api.core.v1.ConfigMap";
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String OBJECT_META = META + "ObjectMeta";

  static final Schema METADATA = metadata();

  static final Schema DATA = texts(CONFIG_MAP + ".data");
  static final Schema BINARY_DATA =
      new Schema.MapOf(CONFIG_MAP + ".binaryData", new Schema.Base64(CONFIG_MAP + ".binaryData"));
  static final Schema ROOT =
      new Schema.Struct(
          CONFIG_MAP,
          "v1.ConfigMap",
          Map.of(
              "apiVersion",
              new Schema.Text(CONFIG_MAP + ".apiVersion"),
              "kind",
              new Schema.Text(CONFIG_MAP + ".kind"),
              "metadata",
              METADATA,
              "data",
              DATA,
              "binaryData",
              BINARY_DATA,
              "immutable",
              new Schema.Bool(CONFIG_MAP + ".immutable")),
          Set.of());

  private ConfigMapSchema() {}

  private static Schema texts(String name) {
    return new Schema.MapOf(name, new Schema.Text(name));
  }

  private static Schema metadata() {
    Map<String, Schema> fields = new HashMap<>();
    for (String text :
        new String[] {
          "clusterName", "generateName", "name", "namespace", "resourceVersion", "selfLink", "uid"
        }) {
      fields.put(text, new Schema.Text(OBJECT_META + "." + text));
    }
    for (String number : new String[] {"deletionGracePeriodSeconds", "generation"}) {
      fields.put(number, new Schema.Whole(OBJECT_META + "." + number));
    }
    for (String time : new String[] {"creationTimestamp", "deletionTimestamp"}) {
      fields.put(time, new Schema.Time());
    }
    for (String map : new String[] {"annotations", "labels"}) {
      fields.put(map, texts(OBJECT_META + "." + map));
    }
    String finalizers = OBJECT_META + ".finalizers";
    fields.put("finalizers", new Schema.ListOf(finalizers, new Schema.Text(finalizers)));
    fields.put(
        "ownerReferences", new Schema.ListOf(OBJECT_META + ".ownerReferences", ownerReference()));
    fields.put("managedFields", new Schema.ListOf(OBJECT_META + ".managedFields", managedFields()));
    return new Schema.Struct(OBJECT_META, "v1.ObjectMeta", Map.copyOf(fields), Set.of());
  }

  private static Schema ownerReference() {
    String name = META + "OwnerReference";
    return new Schema.Struct(
        name,
        "v1.OwnerReference",
        Map.of(
            "apiVersion", new Schema.Text(name + ".apiVersion"),
            "blockOwnerDeletion", new Schema.Bool(name + ".blockOwnerDeletion"),
            "controller", new Schema.Bool(name + ".controller"),
            "kind", new Schema.Text(name + ".kind"),
            "name", new Schema.Text(name + ".name"),
            "uid", new Schema.Text(name + ".uid")),
        Set.of("apiVersion", "kind", "name", "uid"));
  }

  private static Schema managedFields() {
    String name = META + "ManagedFieldsEntry";
    return new Schema.Struct(
        name,
        "v1.ManagedFieldsEntry",
        Map.of(
            "apiVersion", new Schema.Text(name + ".apiVersion"),
            "fieldsType", new Schema.Text(name + ".fieldsType"),
            "fieldsV1", new Schema.Any(META + "FieldsV1"),
            "manager", new Schema.Text(name + ".manager"),
            "operation", new Schema.Text(name + ".operation"),
            "time", new Schema.Time()),
        Set.of());
  }
}
