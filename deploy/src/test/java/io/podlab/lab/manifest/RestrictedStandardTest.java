package io.podlab.lab.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** All our manifests pass the {@code restricted} Pod Security Standard. */
class RestrictedStandardTest {
  private static final Path DEPLOY = Path.of("").toAbsolutePath();
  private static final YAMLMapper YAML = new YAMLMapper();

  /** The files in {@code deploy} for clusters. ChartIT compares the chart, which has templates. */
  static Stream<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.walk(DEPLOY)) {
      return files
          .filter(file -> !DEPLOY.relativize(file).toString().matches("(src|target|chart)/.*"))
          .filter(file -> file.toString().matches(".*\\.ya?ml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static List<JsonNode> objects(Path manifest) {
    try (MappingIterator<JsonNode> objects =
        YAML.readerFor(JsonNode.class).readValues(manifest.toFile())) {
      return objects.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pods and pod templates of an object. */
  private static Stream<JsonNode> pods(JsonNode object) {
    JsonNode spec = object.path("spec");
    return switch (object.path("kind").asText()) {
      case "Pod" -> Stream.of(object);
      case "CronJob" -> Stream.of(spec.path("jobTemplate").path("spec").path("template"));
      case "List" -> objectsOf(object).flatMap(RestrictedStandardTest::pods);
      default -> Stream.of(spec.path("template")).filter(template -> template.has("spec"));
    };
  }

  private static Stream<JsonNode> objectsOf(JsonNode list) {
    return Stream.iterate(0, i -> i < list.path("items").size(), i -> i + 1)
        .map(list.path("items")::path);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void letsInEachPodOfOurManifests(Path manifest) {
    assertThat(objects(manifest).stream().flatMap(RestrictedStandardTest::pods))
        .allSatisfy(pod -> assertThat(RestrictedStandard.violations(pod)).isEmpty());
  }

  @Test
  void seesThePodsOfAllServicesAndDemonstrations() throws IOException {
    assertThat(
            manifests()
                .filter(file -> objects(file).stream().anyMatch(one -> pods(one).count() > 0)))
        .extracting(file -> DEPLOY.relativize(file).toString())
        .contains("generated/board.yml", "generated/token-service.yml", "probes/grpc.yml")
        .hasSizeGreaterThanOrEqualTo(12);
  }

  private static ObjectNode passing() throws IOException {
    return (ObjectNode)
        YAML.readTree(
            """
            metadata: {annotations: {}}
            spec:
              securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
              volumes: [{name: one, emptyDir: {}}]
              initContainers:
                - securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
              containers:
                - ports: [{containerPort: 8080}]
                  livenessProbe: {httpGet: {port: 8080}}
                  securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            """);
  }

  /** A JSON merge patch, RFC 7396, except that {@code [patch]} is for the first of a list. */
  private static void merge(ObjectNode target, JsonNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              JsonNode known = target.path(field.getKey());
              JsonNode value = field.getValue();
              if (value.isNull()) {
                target.remove(field.getKey());
              } else if (known.isObject() && value.isObject()) {
                merge((ObjectNode) known, value);
              } else if (known.path(0).isObject() && value.path(0).isObject()) {
                merge((ObjectNode) known.path(0), value.path(0));
              } else {
                target.set(field.getKey(), value);
              }
            });
  }

  private static List<String> violationsWith(String patch) throws IOException {
    ObjectNode pod = passing();
    merge(pod, YAML.readTree(patch));
    return RestrictedStandard.violations(pod);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Baseline.
        "hostNetwork=true        | spec: {hostNetwork: true}",
        "hostPID=true            | spec: {hostPID: true}",
        "hostIPC=true            | spec: {hostIPC: true}",
        "hostProcess=true        | spec: {securityContext: {windowsOptions: {hostProcess: true}}}",
        "hostProcess=true        | spec: {containers: [{securityContext: {windowsOptions: {hostProcess: true}}}]}",
        "privileged=true         | spec: {containers: [{securityContext: {privileged: true}}]}",
        "privileged=true         | spec: {initContainers: [{securityContext: {privileged: true}}]}",
        "hostPath={\"path\":\"/\"} | spec: {volumes: [{hostPath: {path: /}}]}",
        "hostPort=8080           | spec: {containers: [{ports: [{hostPort: 8080}]}]}",
        "host=\"10.0.0.1\"       | spec: {containers: [{livenessProbe: {httpGet: {host: 10.0.0.1}}}]}",
        "host=\"10.0.0.1\"       | spec: {containers: [{readinessProbe: {tcpSocket: {host: 10.0.0.1}}}]}",
        "host=\"10.0.0.1\"       | spec: {containers: [{startupProbe: {httpGet: {host: 10.0.0.1}}}]}",
        "host=\"10.0.0.1\"       | spec: {containers: [{lifecycle: {postStart: {httpGet: {host: 10.0.0.1}}}}]}",
        "host=\"10.0.0.1\"       | spec: {containers: [{lifecycle: {preStop: {tcpSocket: {host: 10.0.0.1}}}}]}",
        "type=\"Unconfined\"     | spec: {securityContext: {appArmorProfile: {type: Unconfined}}}",
        "type=\"Unconfined\"     | spec: {containers: [{securityContext: {appArmorProfile: {type: Unconfined}}}]}",
        "container.apparmor.security.beta.kubernetes.io/a | metadata: {annotations: {container.apparmor.security.beta.kubernetes.io/a: unconfined}}",
        "type=\"spc_t\"          | spec: {securityContext: {seLinuxOptions: {type: spc_t}}}",
        "user=\"system_u\"       | spec: {containers: [{securityContext: {seLinuxOptions: {user: system_u}}}]}",
        "role=\"sysadm_r\"       | spec: {securityContext: {seLinuxOptions: {role: sysadm_r}}}",
        "procMount=\"Unmasked\"  | spec: {containers: [{securityContext: {procMount: Unmasked}}]}",
        "name=\"kernel.msgmax\"  | spec: {securityContext: {sysctls: [{name: kernel.msgmax, value: '1'}]}}",
        // Restricted.
        "nfs={\"server\":\"a\"}  | spec: {volumes: [{emptyDir: null, nfs: {server: a}}]}",
        "image={}                | spec: {volumes: [{emptyDir: null, image: {}}]}",
        "allowPrivilegeEscalation=true       | spec: {containers: [{securityContext: {allowPrivilegeEscalation: true}}]}",
        "allowPrivilegeEscalation is not set | spec: {containers: [{securityContext: {allowPrivilegeEscalation: null}}]}",
        "allowPrivilegeEscalation is not set | spec: {initContainers: [{securityContext: {allowPrivilegeEscalation: null}}]}",
        "allowPrivilegeEscalation is not set | spec: {ephemeralContainers: [{securityContext: {capabilities: {drop: [ALL]}}}]}",
        "runAsNonRoot=false      | spec: {containers: [{securityContext: {runAsNonRoot: false}}]}",
        "runAsUser=0             | spec: {securityContext: {runAsUser: 0}}",
        "runAsUser=0             | spec: {initContainers: [{securityContext: {runAsUser: 0}}]}",
        "type=\"Unconfined\"     | spec: {securityContext: {seccompProfile: {type: Unconfined}}}",
        "type=\"Unconfined\"     | spec: {containers: [{securityContext: {seccompProfile: {type: Unconfined}}}]}",
        "drop is not set         | spec: {containers: [{securityContext: {capabilities: {drop: null}}}]}",
        "drop is not set         | spec: {containers: [{securityContext: {capabilities: null}}]}",
        "drop=[\"all\"]          | spec: {containers: [{securityContext: {capabilities: {drop: [all]}}}]}",
        "drop=[\"NET_RAW\"]      | spec: {initContainers: [{securityContext: {capabilities: {drop: [NET_RAW]}}}]}",
        "add=[\"SYS_TIME\"]      | spec: {containers: [{securityContext: {capabilities: {add: [SYS_TIME]}}}]}",
      })
  void refusesWhatBreaksOneRule(String violation, String patch) throws IOException {
    assertThat(violationsWith(patch)).containsExactly(violation);
  }

  /** Each container needs the field if the pod does not set it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runAsNonRoot is not set | spec: {securityContext: {runAsNonRoot: null}}",
        "type is not set         | spec: {securityContext: {seccompProfile: null}}",
      })
  void refusesEachContainerWithoutWhatThePodDoesNotSet(String violation, String patch)
      throws IOException {
    assertThat(violationsWith(patch)).containsExactly(violation, violation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "spec: {hostNetwork: false, hostPID: false}",
        "spec: {securityContext: {runAsUser: 10001, fsGroup: 0}}",
        "spec: {securityContext: {seccompProfile: {type: Localhost, localhostProfile: a.json}}}",
        "spec: {securityContext: {appArmorProfile: {type: RuntimeDefault}}}",
        "spec: {securityContext: {seLinuxOptions: {type: container_t, level: s0}}}",
        "spec: {securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies}]}}",
        "spec: {containers: [{ports: [{hostPort: 0}]}]}",
        "spec: {containers: [{livenessProbe: {httpGet: {host: ''}}}]}",
        "spec: {containers: [{securityContext: {procMount: Default, privileged: false}}]}",
        "spec: {containers: [{securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}}]}",
        "spec: {volumes: [{emptyDir: null, projected: {sources: []}}]}",
        "spec: {securityContext: {runAsNonRoot: null}, initContainers: [{securityContext: {runAsNonRoot: true}}], containers: [{securityContext: {runAsNonRoot: true}}]}",
        "metadata: {annotations: {container.apparmor.security.beta.kubernetes.io/a: runtime/default}}",
      })
  void letsInWhatBreaksNone(String patch) throws IOException {
    assertThat(violationsWith(patch)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{kind: Pod, spec: {hostPID: true}}",
        "{kind: Job, spec: {template: {spec: {hostPID: true}}}}",
        "{kind: CronJob, spec: {jobTemplate: {spec: {template: {spec: {hostPID: true}}}}}}",
        "{kind: List, items: [{kind: Pod, spec: {hostPID: true}}]}",
      })
  void looksIntoWhateverMakesPods(String object) throws IOException {
    assertThat(
            pods(YAML.readTree(object)).flatMap(pod -> RestrictedStandard.violations(pod).stream()))
        .contains("hostPID=true");
  }
}
