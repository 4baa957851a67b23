package io.podlab.lab.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The targets of {@code kubernetes_sd_configs} with the role {@code pod}, as a file for {@code
 * file_sd_configs}: Debian builds Prometheus without the former.
 */
public final class PodDiscovery {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "__meta_kubernetes_";

  private PodDiscovery() {}

  /**
   * One target for each port of each container, and one for a container without ports, as
   * Prometheus' documentation describes the role.
   *
   * @param pods the items of a PodList
   */
  public static ArrayNode targets(Iterable<JsonNode> pods) {
    ArrayNode targets = JSON.createArrayNode();
    for (JsonNode pod : pods) {
      String ip = pod.at("/status/podIP").asText();
      if (!ip.isEmpty()) {
        for (String list : List.of("initContainers", "containers")) {
          for (JsonNode container : pod.path("spec").path(list)) {
            boolean init = list.equals("initContainers");
            if (container.path("ports").isEmpty()) {
              add(targets, pod, container, init, ip);
            }
            for (JsonNode port : container.path("ports")) {
              String address = ip + ":" + port.path("containerPort").asText();
              add(targets, pod, container, init, address);
            }
          }
        }
      }
    }
    return targets;
  }

  private static void add(
      ArrayNode targets, JsonNode pod, JsonNode container, boolean init, String address) {
    ObjectNode target = targets.addObject();
    target.putArray("targets").add(address);
    ObjectNode labels = target.putObject("labels");
    labels.put(PREFIX + "namespace", pod.at("/metadata/namespace").asText());
    labels.put(PREFIX + "pod_name", pod.at("/metadata/name").asText());
    labels.put(PREFIX + "pod_ip", pod.at("/status/podIP").asText());
    labels.put(PREFIX + "pod_phase", pod.at("/status/phase").asText());
    labels.put(PREFIX + "pod_node_name", pod.at("/spec/nodeName").asText());
    labels.put(PREFIX + "pod_container_name", container.path("name").asText());
    labels.put(PREFIX + "pod_container_image", container.path("image").asText());
    labels.put(PREFIX + "pod_container_init", Boolean.toString(init));
    for (String kind : List.of("label", "annotation")) {
      pod.at("/metadata/" + kind + "s")
          .properties()
          .forEach(
              one ->
                  labels.put(
                      PREFIX + "pod_" + kind + "_" + one.getKey().replaceAll("\\W", "_"),
                      one.getValue().asText()));
    }
  }
}
