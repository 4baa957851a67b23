package io.podlab.lab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The chart in {@code deploy/chart/podlab}, with the Helm that helm-java brings. */
final class Chart {
  static final Path FOLDER = RealCluster.ROOT.resolve("deploy/chart/podlab");

  private Chart() {}

  static Helm helm() {
    return new Helm(FOLDER);
  }

  /**
   * The rendered objects by {@code Kind namespace/name}, without those of {@code helm test}.
   *
   * @param values as {@code --set} takes them
   */
  static Map<String, JsonNode> render(String namespace, Map<String, String> values) {
    return render(helm().template().withNamespace(namespace), values);
  }

  static Map<String, JsonNode> render(TemplateCommand template, Map<String, String> values) {
    template.withName("podlab");
    values.forEach(template::set);
    Map<String, JsonNode> objects = objects(template.call());
    objects.values().removeIf(object -> object.at("/metadata/annotations").has("helm.sh/hook"));
    return objects;
  }

  /** All documents of a text, by {@code Kind namespace/name}. */
  static Map<String, JsonNode> objects(String yaml) {
    Map<String, JsonNode> objects = new TreeMap<>();
    try (MappingIterator<JsonNode> all =
        new YAMLMapper().readerFor(JsonNode.class).readValues(yaml)) {
      while (all.hasNext()) {
        JsonNode object = all.next();
        if (object.has("kind")) {
          objects.put(key(object), object);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return objects;
  }

  private static String key(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return object.path("kind").asText()
        + " "
        + metadata.path("namespace").asText("")
        + "/"
        + metadata.path("name").asText();
  }
}
