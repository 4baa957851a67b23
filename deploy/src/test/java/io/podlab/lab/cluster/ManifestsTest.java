package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.podlab.lab.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestsTest {
  private static final ObjectMapper YAML = new YAMLMapper();

  private static final Target ELSEWHERE = new Target("course-7", null, null);

  private static ObjectNode object(String yaml) throws Exception {
    return (ObjectNode) YAML.readTree(yaml);
  }

  private static ObjectNode adapted(String yaml) throws Exception {
    return Manifests.forTarget(List.of(object(yaml)), ELSEWHERE, true).get(0);
  }

  @Test
  void theNamespaceItselfGetsTheOtherName() throws Exception {
    // When
    ObjectNode namespace = adapted("{apiVersion: v1, kind: Namespace, metadata: {name: podlab}}");

    // Then
    assertThat(namespace.at("/metadata/name").asText()).isEqualTo("course-7");
  }

  @Test
  void anObjectMovesToTheOtherNamespaceAndKeepsItsName() throws Exception {
    // When
    ObjectNode service =
        adapted("{apiVersion: v1, kind: Service, metadata: {name: podlab, namespace: podlab}}");

    // Then
    assertThat(service.at("/metadata").toString())
        .isEqualTo("{\"name\":\"podlab\",\"namespace\":\"course-7\"}");
  }

  @Test
  void theSubjectsOfARoleBindingMoveToo() throws Exception {
    // When
    ObjectNode binding =
        adapted(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: r, namespace: podlab}
            subjects: [{kind: ServiceAccount, name: demo-app, namespace: podlab}]
            """);

    // Then
    assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo("course-7");
  }

  @Test
  void whatLiesOutsideTheNamespaceIsNamedAfterTheOther() throws Exception {
    // When
    ObjectNode binding =
        adapted(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: 'podlab:r', namespace: kube-system}
            roleRef: {kind: Role, name: 'podlab:r'}
            subjects: [{kind: ServiceAccount, name: demo-app, namespace: podlab}]
            """);

    // Then
    assertThat(binding.at("/metadata").toString())
        .isEqualTo("{\"name\":\"course-7:r\",\"namespace\":\"kube-system\"}");
    assertThat(binding.at("/roleRef/name").asText()).isEqualTo("course-7:r");
    assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo("course-7");
  }

  @Test
  void theClustersOwnRolesKeepTheirNames() throws Exception {
    // When
    ObjectNode binding =
        adapted(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: 'podlab:r'}
            roleRef: {kind: ClusterRole, name: 'system:auth-delegator'}
            """);

    // Then
    assertThat(binding.at("/metadata/name").asText()).isEqualTo("course-7:r");
    assertThat(binding.at("/roleRef/name").asText()).isEqualTo("system:auth-delegator");
  }

  @Test
  void onlyWhatIsOutsideTheNamespaceIsRemovedByName() throws Exception {
    // Given
    ObjectNode role =
        object("{apiVersion: r/v1, kind: Role, metadata: {name: 'p:r', namespace: kube-system}}");
    List<ObjectNode> objects =
        List.of(
            object("{apiVersion: v1, kind: Namespace, metadata: {name: podlab}}"),
            object("{apiVersion: v1, kind: Service, metadata: {name: s, namespace: podlab}}"),
            role);

    // Then
    assertThat(Manifests.outside(objects, "podlab")).containsExactly(role);
  }

  @Test
  void aForeignNamespaceIsNotApplied() throws Exception {
    // Given
    ObjectNode namespace = object("{apiVersion: v1, kind: Namespace, metadata: {name: podlab}}");

    // When
    List<ObjectNode> objects = Manifests.forTarget(List.of(namespace), ELSEWHERE, false);

    // Then
    assertThat(objects).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "podlab/demo-app:1.0, , , podlab/demo-app:1.0",
    "podlab/demo-app:1.0, v2, , podlab/demo-app:v2",
    "podlab/demo-app:1.0, , r.example.org:5000/team, r.example.org:5000/team/podlab/demo-app:1.0",
    "podlab/demo-app:1.0, v2, r.example.org, r.example.org/podlab/demo-app:v2",
    "docker.io/library/busybox:1, v2, r.example.org, docker.io/library/busybox:1"
  })
  void onlyPodlabsImagesAreTakenFromElsewhere(
      String image, String tag, String registry, String expected) {
    assertThat(Manifests.image(image, new Target("podlab", tag, registry))).isEqualTo(expected);
  }

  @Test
  void theImagesOfInitContainersChangeToo() throws Exception {
    // Given
    ObjectNode deployment =
        object(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d, namespace: podlab}
            spec: {template: {spec: {initContainers: [{image: 'podlab/demo-app:1'}]}}}
            """);

    // When
    ObjectNode adapted =
        Manifests.forTarget(List.of(deployment), new Target("podlab", "2", null), true).get(0);

    // Then
    assertThat(adapted.at("/spec/template/spec/initContainers/0/image").asText())
        .isEqualTo("podlab/demo-app:2");
  }

  @Test
  void kindsNameGroupAndVersion() throws Exception {
    // Given
    List<ObjectNode> objects =
        List.of(
            object("{apiVersion: v1, kind: Namespace, metadata: {name: podlab}}"),
            object("{apiVersion: v1, kind: Service, metadata: {name: s, namespace: podlab}}"),
            object(
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: podlab}}"),
            object("{apiVersion: x/v1, kind: Elsewhere, metadata: {name: c, namespace: other}}"),
            object("{apiVersion: x/v1, kind: ClusterThing, metadata: {name: c}}"));

    // When
    List<String> kinds = Manifests.kinds(objects, "podlab");

    // Then
    assertThat(kinds).containsExactly("Service.v1.", "Deployment.v1.apps");
  }

  @ParameterizedTest
  @CsvSource({"UPPER, , ", "-a, , ", "ok, 'a b', ", "ok, , http://r", "ok, , ''"})
  void refusesWhatNoClusterWouldTake(String namespace, String tag, String registry) {
    assertThatThrownBy(() -> new Target(namespace, tag, registry))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(" is not a ");
  }
}
