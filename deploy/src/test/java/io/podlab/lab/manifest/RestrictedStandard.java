package io.podlab.lab.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The {@code restricted} Pod Security Standard, which includes {@code baseline}, for Linux
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/). It combines the rules of
 * all versions, so a pod that passes here passes in every version.
 */
final class RestrictedStandard {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");
  private static final Set<String> SYSCTLS =
      Set.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.ip_unprivileged_port_start",
          "net.ipv4.ping_group_range",
          "net.ipv4.tcp_syncookies");
  private static final Set<String> SELINUX_TYPES =
      Set.of("", "container_t", "container_init_t", "container_kvm_t");
  private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");
  private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

  private final List<String> violations = new ArrayList<>();

  private RestrictedStandard() {}

  /**
   * The fields that break a rule, as the standard names them; empty if the pod passes.
   *
   * @param pod a Pod, or the template of one
   */
  static List<String> violations(JsonNode pod) {
    RestrictedStandard standard = new RestrictedStandard();
    standard.checkPod(pod.path("metadata"), pod.path("spec"));
    return standard.violations;
  }

  private void checkPod(JsonNode metadata, JsonNode spec) {
    Stream.of("hostNetwork", "hostPID", "hostIPC").forEach(field -> require(spec, field, unset()));
    JsonNode context = spec.path("securityContext");
    checkContext(context);
    for (JsonNode sysctl : context.path("sysctls")) {
      require(sysctl, "name", name -> SYSCTLS.contains(name.asText()));
    }
    for (JsonNode volume : spec.path("volumes")) {
      volume
          .fieldNames()
          .forEachRemaining(
              type -> require(volume, type, any -> type.equals("name") || VOLUMES.contains(type)));
    }
    metadata
        .path("annotations")
        .properties()
        .forEach(
            annotation -> {
              if (annotation.getKey().startsWith(APPARMOR)
                  && !annotation.getValue().asText().matches("runtime/default|localhost/.*|")) {
                violations.add(annotation.getKey());
              }
            });
    Stream.of("initContainers", "containers", "ephemeralContainers")
        .forEach(kind -> spec.path(kind).forEach(container -> checkContainer(container, context)));
  }

  /** What a pod and a container have in common. */
  private void checkContext(JsonNode context) {
    require(context.path("windowsOptions"), "hostProcess", unset());
    JsonNode seLinux = context.path("seLinuxOptions");
    require(seLinux, "type", type -> SELINUX_TYPES.contains(type.asText()));
    require(seLinux, "user", user -> user.asText().isEmpty());
    require(seLinux, "role", role -> role.asText().isEmpty());
    require(
        context.path("appArmorProfile"),
        "type",
        type -> type.isMissingNode() || PROFILES.contains(type.asText()));
    require(
        context.path("seccompProfile"),
        "type",
        type -> type.isMissingNode() || PROFILES.contains(type.asText()));
    require(context, "runAsNonRoot", value -> value.asBoolean(true));
    require(context, "runAsUser", user -> user.isMissingNode() || user.asInt() != 0);
  }

  private void checkContainer(JsonNode container, JsonNode ofPod) {
    JsonNode context = container.path("securityContext");
    checkContext(context);
    require(context, "privileged", unset());
    require(context, "procMount", mount -> mount.asText("Default").matches("Default|"));
    require(context, "allowPrivilegeEscalation", value -> !value.asBoolean(true));
    JsonNode capabilities = context.path("capabilities");
    require(capabilities, "drop", dropped -> texts(dropped).contains("ALL"));
    require(capabilities, "add", added -> Set.of("NET_BIND_SERVICE").containsAll(texts(added)));
    if (!context.has("runAsNonRoot")) {
      require(ofPod, "runAsNonRoot", value -> value.asBoolean(false));
    }
    if (!context.path("seccompProfile").has("type")) {
      require(ofPod.path("seccompProfile"), "type", type -> !type.isMissingNode());
    }
    for (JsonNode port : container.path("ports")) {
      require(port, "hostPort", number -> number.asInt() == 0);
    }
    Stream.of("livenessProbe", "readinessProbe", "startupProbe")
        .map(container::path)
        .forEach(this::checkHandler);
    container.path("lifecycle").forEach(this::checkHandler);
  }

  /** Since Kubernetes 1.34: probes and hooks must not name another host. */
  private void checkHandler(JsonNode handler) {
    Stream.of("httpGet", "tcpSocket")
        .forEach(way -> require(handler.path(way), "host", host -> host.asText().isEmpty()));
  }

  private void require(JsonNode parent, String field, Predicate<JsonNode> rule) {
    JsonNode value = parent.path(field);
    if (!rule.test(value)) {
      violations.add(field + (value.isMissingNode() ? " is not set" : "=" + value));
    }
  }

  /** Unset, null or false. */
  private static Predicate<JsonNode> unset() {
    return value -> !value.asBoolean(false);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }
}
