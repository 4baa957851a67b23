package io.podlab.token.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretListBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.Endpoint;
import io.podlab.token.bootstrap.TokenExistsException;
import io.podlab.token.ca.TestCertificates;
import io.podlab.token.kubernetes.FakeApiServer.Asked;
import io.podlab.token.kubernetes.FakeApiServer.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesTokensTest {
  private static final String SECRETS = "/api/v1/namespaces/kube-system/secrets";
  private static final String ONE = SECRETS + "/bootstrap-token-abcdef";

  private static final BootstrapToken TOKEN = token("abcdef");

  private static final String PEM = certificate();

  private final List<String> warnings = new ArrayList<>();
  private final Logger logger = Logger.getLogger(KubernetesTokens.class.getName());
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          warnings.add(
              entry.getLevel() + " " + String.format(entry.getMessage(), entry.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private FakeApiServer server;
  private KubernetesTokens tokens;

  @BeforeEach
  void start() {
    server = new FakeApiServer(request -> Reply.failure(500, "no test has said what to answer"));
    tokens = new KubernetesTokens(server.api());
    logger.addHandler(handler);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(handler);
    server.close();
  }

  private static BootstrapToken token(String id) {
    return new BootstrapToken(
        id,
        "0123456789abcdef",
        Optional.empty(),
        BootstrapToken.DEFAULT_USAGES,
        BootstrapToken.DEFAULT_GROUPS,
        "");
  }

  private static String certificate() {
    try {
      return TestCertificates.pem(TestCertificates.EC.newCertificate());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Secret secret(String id, String version) {
    return new SecretBuilder(TokenSecret.of(token(id)))
        .editMetadata()
        .withUid("uid-" + id)
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }

  private static Reply json(Object object) {
    return new Reply(200, Serialization.asJson(object));
  }

  private static Reply list(Secret... secrets) {
    return json(new SecretListBuilder().withItems(Arrays.asList(secrets)).build());
  }

  /** Returns these responses in order, for any request. */
  private void answer(Reply... replies) {
    Iterator<Reply> next = List.of(replies).iterator();
    server.behave(request -> next.next());
  }

  private List<String> lines() {
    return server.asked().stream().map(Asked::line).toList();
  }

  @Test
  void listsByIdInOneCall() {
    // Given
    answer(list(secret("zzzzzz", "1"), secret("abcdef", "2")));

    // When
    List<BootstrapToken> found = tokens.list();

    // Then
    assertThat(found).extracting(BootstrapToken::id).containsExactly("abcdef", "zzzzzz");
    assertThat(lines())
        .containsExactly(
            "GET " + SECRETS + "?fieldSelector=type%3Dbootstrap.kubernetes.io%2Ftoken");
  }

  @Test
  void skipsAMalformedSecretAndWarnsOnceForEachOfItsVersions() {
    // Given
    Secret malformed = new SecretBuilder(secret("abcdef", "7")).removeFromData("token-id").build();
    Secret changed =
        new SecretBuilder(malformed).editMetadata().withResourceVersion("8").endMetadata().build();
    answer(
        list(malformed, secret("zzzzzz", "1")),
        list(malformed, secret("zzzzzz", "1")),
        list(changed, secret("zzzzzz", "1")));

    // When
    for (int i = 0; i < 3; i++) {
      assertThat(tokens.list()).extracting(BootstrapToken::id).containsExactly("zzzzzz");
    }

    // Then
    assertThat(warnings)
        .hasSize(2)
        .allMatch(line -> line.contains("Secret kube-system/bootstrap-token-abcdef"))
        .noneMatch(line -> line.contains("0123456789abcdef"));
  }

  @Test
  void findsOne() {
    // Given
    answer(json(secret("abcdef", "1")));

    // When
    Optional<BootstrapToken> found = tokens.find("abcdef");

    // Then
    assertThat(found).map(BootstrapToken::value).contains(TOKEN.value());
    assertThat(lines()).containsExactly("GET " + ONE);
  }

  @Test
  void findsNothingForAnUnknownId() {
    // Given
    answer(Reply.failure(404, "not found"));

    // Then
    assertThat(tokens.find("abcdef")).isEmpty();
  }

  @Test
  void ignoresASecretOfAnotherType() {
    // Given
    answer(json(new SecretBuilder(secret("abcdef", "1")).withType("Opaque").build()));

    // Then
    assertThat(tokens.find("abcdef")).isEmpty();
  }

  @Test
  void createsWithoutLookingFirst() {
    // Given
    answer(new Reply(201, Serialization.asJson(secret("abcdef", "1"))));

    // When
    tokens.create(TOKEN);

    // Then
    assertThat(lines()).containsExactly("POST " + SECRETS);
    assertThat(Serialization.unmarshal(server.asked().get(0).body(), Secret.class).getData())
        .isEqualTo(TokenSecret.of(TOKEN).getData());
  }

  @Test
  void doesNotOverwriteASecret() {
    // Given
    answer(Reply.failure(409, "secrets \"bootstrap-token-abcdef\" already exists"));

    // Then
    assertThatThrownBy(() -> tokens.create(TOKEN))
        .isInstanceOf(TokenExistsException.class)
        .hasMessage("a token with id \"abcdef\" already exists");
    assertThat(lines()).hasSize(1);
  }

  @Test
  void deletesOnlyTheVersionThatItChecked() {
    // Given
    answer(json(secret("abcdef", "42")), Reply.failure(200, ""));

    // When
    boolean deleted = tokens.delete(TOKEN);

    // Then
    assertThat(deleted).isTrue();
    assertThat(lines()).containsExactly("GET " + ONE, "DELETE " + ONE);
    assertThat(server.asked().get(1).body()).contains("\"resourceVersion\":\"42\"");
  }

  @Test
  void doesNotDeleteAReplacement() {
    // Given
    Secret another =
        new SecretBuilder(secret("abcdef", "43"))
            .addToData(
                "token-secret",
                Base64.getEncoder()
                    .encodeToString("another0another0".getBytes(StandardCharsets.US_ASCII)))
            .build();
    answer(json(secret("abcdef", "42")), Reply.failure(409, "precondition"), json(another));

    // When
    boolean deleted = tokens.delete(TOKEN);

    // Then
    assertThat(deleted).isFalse();
    assertThat(lines()).containsExactly("GET " + ONE, "DELETE " + ONE, "GET " + ONE);
  }

  @Test
  void deletesATokenAfterAChangeOfItsLabels() {
    // Given
    answer(
        json(secret("abcdef", "42")),
        Reply.failure(409, "precondition"),
        json(secret("abcdef", "43")),
        Reply.failure(200, ""));

    // Then
    assertThat(tokens.delete(TOKEN)).isTrue();
    assertThat(server.asked().get(3).body()).contains("\"resourceVersion\":\"43\"");
  }

  private static Secret expiring(String version, String expires) {
    return new SecretBuilder(secret("abcdef", version))
        .addToData("expiration", base64(expires))
        .build();
  }

  @Test
  void deletesAnExpiredTokenOfTheList() {
    // Given
    answer(
        list(expiring("42", "2020-01-01T00:00:00Z")),
        json(expiring("42", "2020-01-01T00:00:00Z")),
        Reply.failure(200, ""));

    // When
    boolean deleted = tokens.deleteUnchanged(tokens.list().get(0));

    // Then
    assertThat(deleted).isTrue();
    assertThat(lines().subList(1, 3)).containsExactly("GET " + ONE, "DELETE " + ONE);
    assertThat(server.asked().get(2).body()).contains("\"resourceVersion\":\"42\"");
  }

  @Test
  void keepsATokenThatAnotherClientExtendedAfterTheList() {
    // Given
    answer(
        list(expiring("42", "2020-01-01T00:00:00Z")), json(expiring("43", "2030-01-01T00:00:00Z")));

    // When
    boolean deleted = tokens.deleteUnchanged(tokens.list().get(0));

    // Then
    assertThat(deleted).isFalse();
    assertThat(lines()).hasSize(2).noneMatch(line -> line.startsWith("DELETE"));
  }

  @Test
  void keepsATokenThatAnotherClientExtendedDuringTheDelete() {
    // Given
    answer(
        list(expiring("42", "2020-01-01T00:00:00Z")),
        json(expiring("42", "2020-01-01T00:00:00Z")),
        Reply.failure(409, "precondition"),
        json(expiring("43", "2030-01-01T00:00:00Z")));

    // Then
    assertThat(tokens.deleteUnchanged(tokens.list().get(0))).isFalse();
    assertThat(lines()).hasSize(4);
  }

  @Test
  void givesUpOnASecretThatKeepsChanging() {
    // Given
    server.behave(
        request ->
            request.line().startsWith("GET")
                ? json(secret("abcdef", "" + server.asked().size()))
                : Reply.failure(409, "precondition"));

    // Then
    assertThatThrownBy(() -> tokens.delete(TOKEN)).isInstanceOf(BackendUnavailableException.class);
  }

  @Test
  void patchesOnlyTheExpiryOfTheVersionThatItChecked() {
    // Given
    answer(json(secret("abcdef", "42")), json(secret("abcdef", "43")));

    // When
    boolean updated = tokens.setExpiry(TOKEN, Optional.of(Instant.parse("2026-03-01T12:00:00Z")));

    // Then
    assertThat(updated).isTrue();
    assertThat(lines()).containsExactly("GET " + ONE, "PATCH " + ONE);
    assertThat(server.asked().get(1).body())
        .isEqualTo(
            "{\"metadata\":{\"resourceVersion\":\"42\"},\"data\":{\"expiration\":\"%s\"}}"
                .formatted(base64("2026-03-01T12:00:00Z")));
  }

  @Test
  void removesTheExpiry() {
    // Given
    answer(json(secret("abcdef", "42")), json(secret("abcdef", "43")));

    // When
    tokens.setExpiry(TOKEN, Optional.empty());

    // Then
    assertThat(server.asked().get(1).body()).contains("\"data\":{\"expiration\":null}");
  }

  @Test
  void updatesATokenAfterAChangeOfItsLabels() {
    // Given
    answer(
        json(secret("abcdef", "42")),
        Reply.failure(409, "the object has been modified"),
        json(secret("abcdef", "43")),
        json(secret("abcdef", "44")));

    // Then
    assertThat(tokens.setExpiry(TOKEN, Optional.empty())).isTrue();
    assertThat(server.asked().get(3).body()).contains("\"resourceVersion\":\"43\"");
  }

  @Test
  void doesNotUpdateATokenThatTheCleanerRemovedMeanwhile() {
    // Given
    answer(
        json(secret("abcdef", "42")),
        Reply.failure(404, "not found"),
        Reply.failure(404, "not found"));

    // Then
    assertThat(tokens.setExpiry(TOKEN, Optional.empty())).isFalse();
  }

  @Test
  void doesNotUpdateATokenWithAnotherSecret() {
    // Given
    answer(json(secret("abcdef", "42")));
    BootstrapToken another =
        new BootstrapToken(
            "abcdef", "another0another0", Optional.empty(), List.of(), List.of(), "");

    // Then
    assertThat(tokens.setExpiry(another, Optional.empty())).isFalse();
    assertThat(lines()).containsExactly("GET " + ONE);
  }

  @Test
  void readsTheClusterInfo() {
    // Given
    answer(
        new Reply(
            200,
            """
            {"kind": "ConfigMap", "apiVersion": "v1",
             "metadata": {"name": "cluster-info", "namespace": "kube-public"},
             "data": {
               "jws-kubeconfig-abcdef": "eyJ…",
               "kubeconfig": "apiVersion: v1\\nkind: Config\\nclusters:\\n- name: \\"\\"\\n  cluster:\\n    server: https://10.0.0.1:6443\\n    certificate-authority-data: %s\\n"}}
            """
                .formatted(base64(PEM))));

    // When
    ClusterInfo info = tokens.clusterInfo();

    // Then
    assertThat(info.endpoint()).contains(Endpoint.parse("10.0.0.1:6443"));
    assertThat(info.certificateAuthority()).isEqualTo(PEM);
    assertThat(info.signed()).containsExactly("abcdef");
    assertThat(lines())
        .containsExactly("GET /api/v1/namespaces/kube-public/configmaps/cluster-info");
  }

  @Test
  void cachesTheClusterInfoForASecond() {
    // Given
    long[] now = {0};
    KubernetesTokens patient = new KubernetesTokens(server.api(), () -> now[0]);
    server.behave(
        request ->
            new Reply(
                200,
                """
                {"kind": "ConfigMap", "apiVersion": "v1",
                 "data": {"kubeconfig": "clusters: [{cluster: {certificate-authority-data: %s}}]"}}
                """
                    .formatted(base64(PEM))));

    // When
    for (int i = 0; i < 100; i++) {
      patient.clusterInfo();
    }
    now[0] += Duration.ofSeconds(1).toNanos();
    patient.clusterInfo();

    // Then
    assertThat(lines()).hasSize(2);
  }

  @Test
  void namesTheMissingClusterInfo() {
    // Given
    answer(Reply.failure(404, "not found"));

    // Then
    assertThatThrownBy(() -> tokens.clusterInfo())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("ConfigMap kube-public/cluster-info does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no yaml: [", "apiVersion: v1", "clusters: []", "clusters: [{}]"})
  void namesTheUnusableClusterInfo(String kubeconfig) {
    // Given
    answer(
        new Reply(
            200,
            "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"data\":{\"kubeconfig\":\"%s\"}}"
                .formatted(kubeconfig)));

    // Then
    assertThatThrownBy(() -> tokens.clusterInfo())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageStartingWith("ConfigMap kube-public/cluster-info ");
  }

  static Stream<String> unusableAuthorities() throws Exception {
    return Stream.of(
        "",
        "no base64",
        base64("no certificate"),
        base64(base64(PEM)),
        base64("certificate-authority-data: " + base64(PEM)),
        base64(PEM).replace("=", "") + "*",
        base64(PEM).substring(0, 8) + " " + base64(PEM).substring(8),
        base64(PEM + PEM.strip() + PEM),
        base64(PEM.indent(2)),
        base64(PEM.substring(0, PEM.length() / 2)),
        base64(PEM.repeat(101)),
        base64(TestCertificates.pem(TestCertificates.EC.newKeys().getPublic())));
  }

  @ParameterizedTest
  @MethodSource("unusableAuthorities")
  void namesTheUnusableCa(String data) {
    // Given
    answer(
        new Reply(
            200,
            """
            {"kind": "ConfigMap", "apiVersion": "v1", "data": {"kubeconfig":
             "clusters: [{cluster: {server: 'https://a:1', certificate-authority-data: '%s'}}]"}}
            """
                .formatted(data)));

    // Then
    assertThatThrownBy(() -> tokens.clusterInfo())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageStartingWith(
            "ConfigMap kube-public/cluster-info has invalid certificate-authority-data: ");
  }

  private void publish(String server, String pem) {
    answer(
        new Reply(
            200,
            """
            {"kind": "ConfigMap", "apiVersion": "v1", "data": {"kubeconfig":
             "clusters: [{cluster: {server: '%s', certificate-authority-data: '%s'}}]"}}
            """
                .formatted(server, base64(pem))));
  }

  @ParameterizedTest
  @CsvSource({
    "https://10.0.0.1:6443, 10.0.0.1:6443",
    "https://10.0.0.1, 10.0.0.1:443",
    "https://api.example.org/, api.example.org:443",
    "https://[fd00::1], [fd00::1]:443",
  })
  void usesPort443ByDefault(String server, String endpoint) {
    publish(server, PEM);
    assertThat(tokens.clusterInfo().endpoint()).contains(Endpoint.parse(endpoint));
  }

  /** {@link io.podlab.token.bootstrap.EndpointTest} tests more. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://$(reboot):6443",
        "https://a;b",
        "https://a b",
        "http://10.0.0.1:6443",
        "https://rancher.example.org/k8s/clusters/c-1",
        "https://0.0.0.0:6443",
        "https://:6443",
        "https://"
      })
  void hasACaButNoEndpointForAnUnusableServer(String server) {
    // Given
    publish(server, PEM);

    // When
    ClusterInfo info = tokens.clusterInfo();

    // Then
    assertThat(info.endpoint()).isEmpty();
    assertThat(info.endpointProblem())
        .startsWith("ConfigMap kube-public/cluster-info ")
        .contains("server \"%s\"".formatted(server));
    assertThat(info.certificateAuthority()).isEqualTo(PEM);
  }

  @Test
  void namesTheMissingServer() {
    publish("", PEM);
    assertThat(tokens.clusterInfo().endpointProblem())
        .isEqualTo("ConfigMap kube-public/cluster-info has no server");
  }

  /** Like kubeadm: the clusters may have different CAs. */
  @Test
  void doesNotGuessWhichOfTwoClustersIsMeant() {
    String cluster =
        "{cluster: {server: 'https://a:1', certificate-authority-data: '%s'}}"
            .formatted(base64(PEM));
    answer(
        new Reply(
            200,
            """
            {"kind": "ConfigMap", "apiVersion": "v1", "data": {"kubeconfig":
             "clusters: [%1$s, %1$s]"}}
            """
                .formatted(cluster)));
    assertThatThrownBy(() -> tokens.clusterInfo())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageStartingWith("ConfigMap kube-public/cluster-info has 2 clusters");
  }

  @Test
  void skipsAByteOrderMarkAtTheStartOfThePublishedAuthority() {
    publish("https://a:1", "\u00ef\u00bb\u00bf# CA\n" + PEM);
    assertThat(tokens.clusterInfo().certificateAuthority()).isEqualTo(PEM);
  }

  @Test
  void namesTheMissingPermission() {
    // Given
    String missing = "secrets is forbidden: User \"x\" cannot list resource \"secrets\"";
    answer(Reply.failure(403, missing));

    // Then
    assertThatThrownBy(() -> tokens.list())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("this service has no permission: " + missing);
  }

  @Test
  void doesNotRetry() {
    // Given
    answer(Reply.failure(503, "etcd is away"));

    // Then
    assertThatThrownBy(() -> tokens.list())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("the API server answered 503: etcd is away");
    assertThat(lines()).hasSize(1);
  }

  @Test
  void reportsAnUnavailableApiServer() {
    // Given
    server.stop();

    // Then
    assertThatThrownBy(() -> tokens.list())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageStartingWith("cannot reach the API server at ");
  }

  @Test
  @Timeout(10)
  void doesNotWaitForAnApiServerThatHangs() {
    // Given
    server.hang();

    // Then
    assertThatThrownBy(() -> tokens.list())
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageStartingWith("cannot reach the API server at ");
  }

  private static Reply selfReview(boolean allowed) {
    return new Reply(
        201,
        "{\"kind\":\"SelfSubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\",\"status\":{\"allowed\":%s}}"
            .formatted(allowed));
  }

  @Test
  void isReadyWithPermissionToCreateSecrets() {
    // Given
    answer(selfReview(true));

    // Then
    assertThat(tokens.problem()).isEmpty();
    assertThat(server.asked().get(0).body())
        .contains("\"verb\":\"create\"", "\"resource\":\"secrets\"", "kube-system");
  }

  @Test
  void isNotReadyWithoutPermission() {
    // Given
    answer(selfReview(false));

    // Then
    assertThat(tokens.problem())
        .hasValueSatisfying(why -> assertThat(why).contains("create Secrets", "kube-system"));
  }

  @Test
  void asksAtMostOncePerSecond() {
    // Given
    long[] now = {0};
    server.behave(request -> selfReview(true));
    Availability availability = new Availability(server.api(), () -> now[0]);

    // When
    for (int i = 0; i < 100; i++) {
      availability.problem();
    }
    now[0] += Duration.ofSeconds(1).toNanos();
    availability.problem();

    // Then
    assertThat(lines()).hasSize(2);
  }

  @Test
  void isReadyAgainWhenTheApiServerRecovers() {
    // Given
    long[] now = {0};
    server.behave(request -> Reply.failure(503, "starting"));
    Availability availability = new Availability(server.api(), () -> now[0]);
    assertThat(availability.problem()).contains("the API server answered 503: starting");

    // When
    server.behave(request -> selfReview(true));
    now[0] += Duration.ofSeconds(1).toNanos();

    // Then
    assertThat(availability.problem()).isEmpty();
  }

  @Test
  @Timeout(4)
  void reportsAHangingApiServerWithinASecond() {
    // Given
    server.hang();
    long start = System.nanoTime();

    // When
    Optional<String> problem = tokens.problem();

    // Then
    assertThat(problem)
        .hasValueSatisfying(why -> assertThat(why).contains("cannot reach the API server"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
  }
}
