package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.process.Command;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares token-service with the real kubeadm on a real cluster. The service runs as a process on
 * this machine; {@link LabOnAClusterIT} runs it in a pod.
 */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TokenServiceIT {
  private static final String CALLERS =
      RealCluster.ROOT.resolve("deploy/src/test/resources/token-service/callers.yml").toString();
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

  private static final String REFUSED_AFTER_DISCOVERY =
      "configmaps \"kubeadm-config\" is forbidden";

  /** A key without certificates; kubeadm does discovery before it needs them. */
  private static final String KEY =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  /** Without the permission to read kubeadm-config, kubeadm stops after the discovery. */
  private static final String NOT_JOINING = "&groups=system:bootstrappers:podlab";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final ConcurrentLinkedQueue<String> MADE = new ConcurrentLinkedQueue<>();

  @TempDir static Path folder;

  private static RealCluster cluster;
  private static TokenService service;
  private static String manager;
  private static String reader;

  @BeforeAll
  static void start() throws Exception {
    MADE.clear();
    cluster = RealCluster.withNamespace("token-service-test");
    RealCluster.run("kubectl", "apply", "-f", CALLERS);
    manager = bearer("manager");
    reader = bearer("reader");
    service = TokenService.start(Map.of("XDG_STATE_HOME", state().toString()));
  }

  private static Path state() {
    return folder.resolve("state");
  }

  @AfterAll
  static void leaveNothing() throws Exception {
    if (service != null) {
      service.close();
    }
    for (String token : MADE) {
      Command.of("kubectl", "-n", "kube-system", "delete", "secret", "--ignore-not-found")
          .with("bootstrap-token-" + token.substring(0, 6))
          .run();
    }
    if (cluster != null) {
      RealCluster.run("kubectl", "delete", "--ignore-not-found", "--wait=false", "-f", CALLERS);
      cluster.close();
    }
  }

  /** A token of a service account; for the API server if no audience is given. */
  private static String bearer(String account, String... audiences) throws Exception {
    String quoted =
        Stream.of(audiences).map(each -> '"' + each + '"').collect(Collectors.joining(","));
    String request =
        "{\"apiVersion\": \"authentication.k8s.io/v1\", \"kind\": \"TokenRequest\","
            + " \"spec\": {\"expirationSeconds\": 3600, \"audiences\": [%s]}}".formatted(quoted);
    Command.Result made =
        Command.of("kubectl", "create", "-f", "-", "--raw")
            .with("/api/v1/namespaces/token-service-test/serviceaccounts/" + account + "/token")
            .run(request.getBytes(StandardCharsets.UTF_8), line -> {});
    assertThat(made.exitCode()).describedAs(made.err()).isZero();
    return new ObjectMapper().readTree(made.out()).path("status").path("token").asText();
  }

  private static String random(int length) {
    return RANDOM
        .ints(length, 0, ALPHABET.length())
        .mapToObj(index -> ALPHABET.substring(index, index + 1))
        .collect(Collectors.joining());
  }

  /** A random token that does not exist on the cluster. */
  private static String unused() {
    String token = random(6) + "." + random(16);
    MADE.add(token);
    return token;
  }

  private static String id(String token) {
    return token.substring(0, 6);
  }

  private static String kubeadm(String... words) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of("kubeadm"));
    all.addAll(List.of(words));
    if (System.getenv("KUBECONFIG") != null) {
      all.addAll(List.of("--kubeconfig", System.getenv("KUBECONFIG")));
    }
    return RealCluster.run(all.toArray(String[]::new));
  }

  /** Creates a token over HTTP. */
  private static String post(String more) throws Exception {
    String token = unused();
    HttpResponse<String> made = service.post("/tokens", manager, "token=" + token + more);
    assertThat(made.statusCode()).describedAs(made.body()).isEqualTo(201);
    return token;
  }

  private static String apiServer() throws Exception {
    return kubeconfig().at("/clusters/0/cluster/server").asText();
  }

  private static JsonNode kubeconfig() throws Exception {
    return new ObjectMapper()
        .readTree(
            RealCluster.run(
                "kubectl", "config", "view", "--raw", "--minify", "--flatten", "-o", "json"));
  }

  private static String secret(String token, Map<String, String> data) {
    return "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"type\": \"bootstrap.kubernetes.io/token\","
        + " \"metadata\": {\"name\": \"bootstrap-token-%s\", \"namespace\": \"kube-system\"},"
            .formatted(id(token))
        + " \"stringData\": {%s}}"
            .formatted(
                data.entrySet().stream()
                    .map(entry -> "\"%s\": \"%s\"".formatted(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining(", ")));
  }

  private static void create(String object) throws InterruptedException {
    Command.Result made =
        Command.of("kubectl", "create", "-f", "-")
            .run(object.getBytes(StandardCharsets.UTF_8), line -> {});
    assertThat(made.exitCode()).describedAs(made.err()).isZero();
  }

  private static List<String> withOneSpace(String table) {
    return table.lines().map(line -> line.strip().replaceAll("\\s+", " ")).toList();
  }

  @Test
  @Order(1)
  void listsTheSameTokensAsKubeadm() throws Exception {
    // Given
    kubeadm("token", "create", unused(), "--ttl", "0", "--description", "theirs for ever");
    kubeadm("token", "create", unused(), "--ttl", "2h30m", "--usages", "authentication");
    kubeadm(
        "token",
        "create",
        unused(),
        "--groups",
        "system:bootstrappers:b,system:bootstrappers:a:default-node-token");
    post("&ttl=0&description=ours+for+ever");
    post("&ttl=2h30m&usages=authentication");
    post("&ttl=30m&groups=system:bootstrappers:b,system:bootstrappers:a");
    // Like the Secret of `kubeadm init phase upload-certs`.
    String bare = unused();
    create(
        secret(
            bare,
            Map.of(
                "token-id", id(bare),
                "token-secret", bare.substring(7),
                "expiration", "2099-01-01T00:00:00Z")));
    // kubeadm skips it with a warning, and so does token-service.
    create(secret(unused(), Map.of("token-id", "another")));

    // Then: retry, because the TTL may change between the two requests.
    RealCluster.await()
        .untilAsserted(
            () -> {
              List<String> theirs = withOneSpace(kubeadm("token", "list"));
              List<String> ours = withOneSpace(service.get("/tokens", manager).body());
              assertThat(ours).hasSizeGreaterThan(7).isEqualTo(theirs);
            });
    assertThat(service.output().lines().filter(line -> line.contains("is not a bootstrap token")))
        .hasSize(1);
  }

  @Test
  @Order(2)
  void kubeadmDeletesOurToken() throws Exception {
    // Given
    String ours = post("");

    // When
    kubeadm("token", "delete", ours);

    // Then
    assertThat(service.get("/tokens/" + id(ours), manager).statusCode()).isEqualTo(404);
  }

  @Test
  @Order(2)
  void deletesKubeadmsTokensByIdAndByWholeToken() throws Exception {
    // Given
    String first = kubeadm("token", "create", unused()).strip();
    String second = kubeadm("token", "create", unused()).strip();

    // When
    HttpResponse<String> byId = service.delete("/tokens/" + id(first), manager);
    HttpResponse<String> whole = service.delete("/tokens/" + second, manager);

    // Then
    assertThat(byId.body()).isEqualTo("bootstrap token \"%s\" deleted\n".formatted(id(first)));
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(kubeadm("token", "list")).doesNotContain(id(first), id(second));
  }

  @Test
  @Order(2)
  void doesNotDeleteATokenWithADifferentSecret() throws Exception {
    // Given
    String token = kubeadm("token", "create", unused()).strip();

    // When
    HttpResponse<String> answer =
        service.delete("/tokens/" + id(token) + ".0000000000000000", manager);

    // Then
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(kubeadm("token", "list")).contains(token);
  }

  @Test
  @Order(2)
  void doesNotOverwriteATokenOfKubeadm() throws Exception {
    // Given
    String token = kubeadm("token", "create", unused()).strip();

    // When
    HttpResponse<String> answer =
        service.post("/tokens", manager, "token=" + id(token) + "." + random(16));

    // Then
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body())
        .contains("a token with id \"%s\" already exists".formatted(id(token)));
    assertThat(kubeadm("token", "list")).contains(token);
  }

  @Test
  @Order(2)
  void aTokenAuthenticatesAtTheApiServerUntilItExpires() throws Exception {
    // Given
    String token = post("&ttl=5s");
    String[] asIt = {
      "curl", "-sk", "-H", "Authorization: Bearer " + token, apiServer() + "/api/v1/secrets"
    };

    // When
    String known = RealCluster.run(asIt);

    // Then
    assertThat(known).contains("User \\\"system:bootstrap:" + id(token) + "\\\" cannot list");
    RealCluster.await().until(() -> RealCluster.run(asIt).contains("\"code\": 401"));
  }

  @Test
  @Order(2)
  void aTokenIsSignedSomeTimeAfterItsCreation() throws Exception {
    // Given
    String token = post("&ttl=10m");

    // When
    RealCluster.await()
        .until(() -> service.json("/tokens/" + id(token), manager).path("signed").asBoolean());

    // Then
    String published =
        RealCluster.run(
            "kubectl", "-n", "kube-public", "get", "configmap", "cluster-info", "-o", "yaml");
    assertThat(published).contains("jws-kubeconfig-" + id(token) + ":");
    assertThat(service.get("/cluster-info", manager).body()).contains(id(token));
  }

  private static String pipeline(Path certificate) throws InterruptedException {
    String command =
        "openssl x509 -pubkey -noout -in '%s' | openssl pkey -pubin -outform der"
            + " | openssl dgst -sha256 -hex | sed 's/^.* //'";
    return "sha256:" + RealCluster.run("sh", "-c", command.formatted(certificate));
  }

  @Test
  @Order(2)
  void theHashOfTheClustersCaEqualsThatOfOpenssl() throws Exception {
    // Given
    Path ca = folder.resolve("ca.crt");
    Files.write(
        ca,
        Base64.getDecoder()
            .decode(kubeconfig().at("/clusters/0/cluster/certificate-authority-data").asText()));

    // Then: no bearer token is needed.
    assertThat(service.get("/ca/hash", null).body()).isEqualTo(pipeline(ca));
    assertThat(service.get("/ca.crt", null).body()).isEqualTo(Files.readString(ca));
  }

  @Test
  @Order(2)
  void theHashOfAnEcCaEqualsThatOfOpenssl() throws Exception {
    // Given
    Path ca = folder.resolve("ec.crt");
    RealCluster.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-subj",
        "/CN=ec",
        "-keyout",
        folder.resolve("ec.key").toString(),
        "-out",
        ca.toString());

    // When
    HttpResponse<String> hash = service.post("/ca/hash", null, Files.readString(ca));

    // Then
    assertThat(hash.body()).isEqualTo(pipeline(ca));
  }

  /** Preflight only checks this machine; it includes discovery of the cluster. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'', ''",
    "?controlPlane=true, --control-plane",
    "?controlPlane=true&certificateKey=" + KEY + ", --control-plane --certificate-key " + KEY,
  })
  @Order(2)
  void kubeadmDiscoversTheClusterWithTheJoinCommand(String query, String flags) throws Exception {
    // Given
    HttpResponse<String> made =
        service.post("/tokens/join-command" + query, manager, "ttl=10m" + NOT_JOINING);
    String command = made.body().lines().findFirst().orElseThrow();
    assertThat(command).endsWith(flags);
    List<String> words = List.of(command.split(" "));
    String token = words.get(words.indexOf("--token") + 1);
    MADE.add(token);
    RealCluster.await()
        .until(() -> service.json("/tokens/" + id(token), manager).path("signed").asBoolean());

    // When
    Command.Result join =
        Command.of("timeout", "60", "kubeadm", "join", "phase", "preflight")
            .with(words.subList(2, words.size()).toArray(String[]::new))
            .with("--ignore-preflight-errors=all", "-v=2")
            .run();

    // Then
    assertThat(words.subList(0, 2)).containsExactly("kubeadm", "join");
    assertThat("https://" + words.get(2)).isEqualTo(apiServer());
    // For a control plane, kubeadm trusts the admin.conf on this machine and skips discovery.
    assertThat(join.out() + join.err())
        .contains(
            query.isEmpty() ? discovered(words.get(2)) : "[preflight] Fetching init configuration");
  }

  @Test
  @Order(2)
  void extendsTheLifeOfATokenOfKubeadm() throws Exception {
    // Given
    String token = kubeadm("token", "create", unused(), "--ttl", "5m").strip();

    // When
    HttpResponse<String> forever = service.patch("/tokens/" + id(token), manager, "ttl=0");
    String withoutEnd = row(token);
    HttpResponse<String> day = service.patch("/tokens/" + token, manager, "ttl=24h1m");

    // Then
    assertThat(List.of(forever.statusCode(), day.statusCode())).containsOnly(200);
    assertThat(withoutEnd).contains(" <forever> <never> authentication,signing ");
    assertThat(row(token)).matches(token + " (1d|24h) .*");
    assertThat(service.patch("/tokens/" + id(token), reader, "ttl=1h").body())
        .contains("reader\" cannot get secrets \"bootstrap-token-" + id(token));
    assertThat(service.patch("/tokens/" + id(token), bearer("getter"), "ttl=1h").body())
        .contains("getter\" cannot patch secrets \"bootstrap-token-" + id(token));
  }

  private static String row(String token) throws InterruptedException {
    return withOneSpace(kubeadm("token", "list")).stream()
        .filter(line -> line.startsWith(token))
        .findFirst()
        .orElseThrow();
  }

  /** KubernetesTokensTest tests the deletion, because the controller manager is often first. */
  @Test
  @Order(2)
  void keepsActiveTokensWhenItDeletesExpiredOnes() throws Exception {
    // Given
    String active = post("&ttl=10m");

    // When
    HttpResponse<String> deleted = service.delete("/tokens?status=expired", manager);

    // Then
    assertThat(deleted.statusCode()).describedAs(deleted.body()).isEqualTo(200);
    assertThat(kubeadm("token", "list")).contains(active);
    assertThat(service.delete("/tokens?status=expired", reader).body())
        .contains("reader\" cannot delete secrets in the namespace \"kube-system\"");
  }

  private static String signedToken() throws Exception {
    String token = post("&ttl=10m" + NOT_JOINING);
    RealCluster.await()
        .until(() -> service.json("/tokens/" + id(token), manager).path("signed").asBoolean());
    return token;
  }

  /** The newest one that this kubeadm accepts. */
  private static String apiVersion() throws InterruptedException {
    String version = RealCluster.run("kubeadm", "version", "-o", "short").strip();
    int minor = Integer.parseInt(version.split("[.]")[1]);
    return minor < 22 ? "v1beta2" : minor < 31 ? "v1beta3" : "v1beta4";
  }

  private static Path file(String name, HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
    return Files.writeString(folder.resolve(name), answer.body());
  }

  /** Without a kubeconfig; it must come from the file. */
  private static String preflight(String flag, Path file) throws InterruptedException {
    Command.Result join =
        Command.of("timeout", "60", "env", "-u", "KUBECONFIG", "kubeadm", "join", "phase")
            .with("preflight", flag, file.toString())
            .with("--ignore-preflight-errors=all", "-v=2")
            .run();
    return join.out() + join.err();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"''", "&controlPlane=true", "&controlPlane=true&certificateKey=" + KEY})
  @Order(2)
  void kubeadmDiscoversTheClusterWithTheJoinConfiguration(String query) throws Exception {
    // Given
    Path file =
        file(
            "join.yaml",
            service.yaml(
                "/tokens/" + id(signedToken()) + "/join-command?apiVersion=" + apiVersion() + query,
                manager));

    // Then
    assertThat(preflight("--config", file))
        .contains(discovered(URI.create(apiServer()).getAuthority()))
        .contains(REFUSED_AFTER_DISCOVERY);
  }

  @Test
  @Order(2)
  void kubeadmRefusesAJoinConfigurationWithTheHashOfAnotherCa() throws Exception {
    // Given
    Path file =
        file(
            "wrong.yaml",
            service.yaml(
                "/tokens/" + id(signedToken()) + "/join-command?apiVersion=" + apiVersion(),
                manager));
    Files.writeString(
        file, Files.readString(file).replaceAll("sha256:[0-9a-f]{64}", "sha256:" + KEY));

    // Then
    assertThat(preflight("--config", file))
        .contains("cluster CA found in cluster-info ConfigMap is invalid")
        .doesNotContain("[preflight] Fetching init configuration");
  }

  @Test
  @Order(2)
  void kubeadmDiscoversTheClusterWithTheDiscoveryFile() throws Exception {
    // Given: cluster-info does not need a signature by this token.
    String token = post("&ttl=10m&usages=authentication" + NOT_JOINING);
    Path file =
        file("discovery.conf", service.yaml("/tokens/" + id(token) + "/discovery-file", manager));

    // Then
    assertThat(preflight("--discovery-file", file))
        .contains("[preflight] Fetching init configuration")
        .contains(REFUSED_AFTER_DISCOVERY);
  }

  private static String discovered(String endpoint) {
    return "Cluster info signature and contents are valid and TLS certificate validates against"
        + " pinned roots, will use API Server \""
        + endpoint
        + "\"";
  }

  private static void assertUnauthorized(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Bearer ");
  }

  @Test
  @Order(2)
  void answers401WithoutABearerToken() throws Exception {
    assertUnauthorized(service.get("/tokens", null));
    assertUnauthorized(service.post("/tokens", null, ""));
    assertUnauthorized(service.delete("/tokens/abcdef", null));
  }

  @Test
  @Order(2)
  void answers401ForAnExpiredToken() throws Exception {
    // Given: a bootstrap token authenticates, but has no permission to list Secrets.
    String bearer = post("&ttl=4s");
    assertThat(service.get("/tokens", bearer).statusCode()).isEqualTo(403);

    // Then
    RealCluster.await().until(() -> service.get("/tokens", bearer).statusCode() != 403);
    assertUnauthorized(service.get("/tokens", bearer));
  }

  @Test
  @Order(2)
  void answers401ForATokenForAnotherAudience() throws Exception {
    assertUnauthorized(service.get("/tokens", bearer("manager", "somebody-else")));
  }

  @Test
  @Order(2)
  void acceptsOnlyTokensForTheConfiguredAudience() throws Exception {
    try (TokenService own = TokenService.start(Map.of("LAB_TOKEN_AUDIENCES", "podlab"))) {
      assertThat(own.get("/tokens", bearer("manager", "podlab")).statusCode()).isEqualTo(200);
      assertUnauthorized(own.get("/tokens", manager));
    }
  }

  @Test
  @Order(2)
  void answers403AndNamesTheMissingPermission() throws Exception {
    // Given
    String user = "user \"system:serviceaccount:token-service-test:reader\" cannot ";
    String token = post("");

    // When
    HttpResponse<String> list = service.get("/tokens", reader);
    HttpResponse<String> create = service.post("/tokens", reader, "");
    HttpResponse<String> get = service.get("/tokens/" + id(token), reader);
    HttpResponse<String> delete = service.delete("/tokens/" + id(token), reader);

    // Then
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(List.of(create.statusCode(), get.statusCode(), delete.statusCode()))
        .containsOnly(403);
    assertThat(create.body()).contains(user + "create secrets in the namespace \"kube-system\"");
    String one = " secrets \"bootstrap-token-" + id(token) + "\" in the namespace \"kube-system\"";
    assertThat(get.body()).contains(user + "get" + one);
    assertThat(delete.body()).contains(user + "delete" + one);
    assertThat(kubeadm("token", "list")).contains(token);
  }

  @Test
  @Order(3)
  void isNotReadyWhileTheApiServerIsAwayAndComesBackByItself() throws Exception {
    // Given
    try (ApiServerForwarder forwarder = new ApiServerForwarder(URI.create(apiServer()))) {
      Path kubeconfig = folder.resolve("kubeconfig");
      Files.writeString(
          kubeconfig, kubeconfig().toString().replace(apiServer(), forwarder.address()));
      try (TokenService far = TokenService.start(Map.of("KUBECONFIG", kubeconfig.toString()))) {
        RealCluster.await().until(() -> far.get("/q/health/ready", null).statusCode() == 200);
        assertThat(far.get("/tokens", manager).statusCode()).isEqualTo(200);

        // When
        forwarder.stop();

        // Then
        RealCluster.await().until(() -> far.get("/q/health/ready", null).statusCode() == 503);
        assertThat(far.get("/q/health/live", null).statusCode()).isEqualTo(200);
        // Public data is cached for a second.
        RealCluster.await().until(() -> far.get("/ca/hash", null).statusCode() == 503);
        for (HttpResponse<String> answer :
            List.of(
                far.get("/tokens", manager),
                far.post("/tokens", manager, ""),
                far.get("/ca/hash", null))) {
          assertThat(answer.statusCode()).isEqualTo(503);
          assertThat(answer.body()).contains("cannot reach the API server");
          assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }

        // When
        forwarder.restart();

        // Then
        RealCluster.await().until(() -> far.get("/q/health/ready", null).statusCode() == 200);
        assertThat(far.get("/tokens", manager).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  @Order(4)
  void logsTheCallerOfCreatesAndDeletes() throws Exception {
    // Given
    String token = post("&ttl=2h");
    String expires = service.json("/tokens/" + id(token), manager).path("expires").asText();

    // When
    service.delete("/tokens/" + id(token), manager);

    // Then
    String who = " by \"system:serviceaccount:token-service-test:manager\": ";
    String until =
        "until %s, groups \"system:bootstrappers:kubeadm:default-node-token\"".formatted(expires);
    assertThat(service.output())
        .contains("create of token " + id(token) + who + "created; ttl 2h0m0s, " + until)
        .contains("delete of token " + id(token) + who + "deleted; " + until);
  }

  @Test
  @Order(5)
  void storesNothingOnDisk() {
    // Given: the tokens of all tests before.
    assertThat(MADE).hasSizeGreaterThan(10);

    // Then
    assertThat(state()).doesNotExist();
  }

  @Test
  @Order(5)
  void revealsNoSecret() throws Exception {
    // Given: the output and responses of all tests before.
    assertThat(MADE).hasSizeGreaterThan(10);
    service.get("/tokens", MADE.peek());
    List<String> said = new ArrayList<>(service.refusals());
    said.add(service.output());
    for (String path : List.of("/metrics", "/q/health", "/q/health/ready", "/q/openapi")) {
      said.add(service.get(path, null).body());
    }

    // Then
    List<String> secrets = new ArrayList<>(List.of(manager, reader));
    MADE.forEach(token -> secrets.add(token.substring(7)));
    for (String secret : secrets) {
      assertThat(said).noneMatch(text -> text.contains(secret));
    }
  }
}
