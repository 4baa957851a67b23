package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podlab.lab.cluster.Board.Moment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Tests which namespaces the board can watch, and how it reports missing rights, a rejected
 * credential and an unreachable API server.
 */
@Tag("cluster")
@Isolated("stops the API server")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BoardReachIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static RealCluster cluster;
  private static RealCluster shop;
  private static Board board;

  @TempDir Path temporary;

  @BeforeAll
  static void twoNamespaces() throws Exception {
    cluster = RealCluster.withNamespace("board-reach");
    shop = RealCluster.withNamespace("board-reach-shop");
    String rights =
        Files.readString(RealCluster.ROOT.resolve("deploy/board-namespace.yml"))
            .replace("namespace: podlab", "namespace: " + cluster.namespace());
    Path file = Files.writeString(Files.createTempFile("board-namespace", ".yml"), rights);
    shop.kubectl("apply", "-f", file.toString());
    Files.delete(file);
    cluster.kubectl(
        "apply", "-f", RealCluster.ROOT.resolve("deploy/generated/board.yml").toString());
    // It has no rights in the last two; the last one does not exist.
    cluster.kubectl(
        "set",
        "env",
        "deployment/board",
        "LAB_BOARD_NAMESPACES=board-reach,board-reach-shop,kube-system,board-reach-nowhere");
    cluster.kubectl("rollout", "status", "deployment/board", "--timeout=5s", "--watch=false");
    board =
        RealCluster.await()
            .until(
                () -> {
                  JsonNode pods =
                      cluster.get("pods", "-l", "app.kubernetes.io/name=board").path("items");
                  assertThat(pods).hasSize(1);
                  Board found =
                      new Board(
                          "http://" + pods.path(0).path("status").path("podIP").asText() + ":8080");
                  found.recording();
                  return found;
                },
                any -> true);
  }

  @AfterAll
  static void leaveNothing() {
    if (shop != null) {
      shop.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private static List<Moment> ofBoard(Board asked, String namespace, String kind) throws Exception {
    return asked.moments(
        moment -> moment.lane().equals("board/" + namespace) && moment.kind().equals(kind));
  }

  private static void awaitBlind(Board asked, String namespace, String why) {
    RealCluster.await()
        .until(
            () ->
                ofBoard(asked, namespace, "blind").stream()
                    .anyMatch(moment -> moment.text().contains(why)));
  }

  /** On a slow machine, also a namespace that can be watched has an outage at first. */
  private static void awaitWatching(Board asked, String namespace) {
    RealCluster.await().until(() -> asked.isWatching(namespace));
  }

  @Test
  @Order(1)
  void aFurtherNamespaceNeedsOneManifest() throws Exception {
    // When
    shop.kubectl("create", "service", "clusterip", "shop", "--tcp=80");
    shop.kubectl("run", "shopper", "--image=podlab/demo-app:1.0.0");

    // Then
    RealCluster.await()
        .until(() -> !board.moments(moment -> moment.object().equals("Pod/shopper")).isEmpty());
    assertThat(board.lanes("Service/shop")).hasSize(1);
    assertThat(board.lanes("Pod/shopper").get(0).path("namespace").asText())
        .isEqualTo(shop.namespace());
  }

  @Test
  @Order(2)
  void itsAccountReadsWhatItDrawsAndNothingElse() throws Exception {
    String account = "system:serviceaccount:" + cluster.namespace() + ":board";
    for (String namespace : List.of(cluster.namespace(), shop.namespace())) {
      String rights =
          RealCluster.run(
              "kubectl",
              "auth",
              "can-i",
              "--list",
              "--no-headers",
              "-n",
              namespace,
              "--as",
              account);
      assertThat(rights)
          .contains("pods", "events", "endpointslices.discovery.k8s.io", "services")
          .doesNotContain("secrets", "configmaps", "pods/proxy", "delete", "update", "patch");
    }
  }

  @Test
  @Order(3)
  void aNamespaceWithoutRightsIsUnknownAndTheOthersAreWatched() throws Exception {
    for (String namespace : List.of("kube-system", "board-reach-nowhere")) {
      awaitBlind(board, namespace, "no permission to list pods in namespace " + namespace);
    }
    assertThat(ofBoard(board, "kube-system", "sighted")).isEmpty();
    awaitWatching(board, shop.namespace());
    assertThat(board.picture("5m")).contains("kube-system");
  }

  @Test
  @Order(4)
  void theErrorForAnUnwatchedNamespaceNamesTheWatchedOnes() throws Exception {
    // When
    HttpResponse<String> refused = board.get("/moments?namespace=default", "application/json");

    // Then
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(JSON.readTree(refused.body()).path("detail").asText())
        .contains("'default'", shop.namespace());
  }

  @Test
  @Order(5)
  void aRejectedCredentialIsReportedAndTheBoardIsNotReady() throws Exception {
    // Given
    ObjectNode kubeconfig = kubeconfig();
    ObjectNode user = (ObjectNode) kubeconfig.path("users").path(0);
    user.set("user", JSON.createObjectNode().put("token", "expired"));

    // When
    try (Started here = Started.with(kubeconfig, temporary)) {
      awaitBlind(here.board(), cluster.namespace(), "401");

      // Then
      assertThat(here.board().readiness()).isEqualTo(503);
    }
  }

  @Test
  @Order(6)
  void anUnreachableApiServerIsReportedAndTheBoardWaits() throws Exception {
    // Given
    ObjectNode kubeconfig = kubeconfig();
    ((ObjectNode) kubeconfig.path("clusters").path(0).path("cluster"))
        .put("server", "https://127.0.0.1:1");

    // When
    try (Started here = Started.with(kubeconfig, temporary)) {
      awaitBlind(here.board(), cluster.namespace(), "127.0.0.1:1");

      // Then
      assertThat(here.board().readiness()).isEqualTo(503);
    }
  }

  @Test
  @Order(7)
  void theTimeWithoutTheApiServerIsUnknownAndTheBoardRecovers() throws Exception {
    // Given: a board with the user's rights, which include all namespaces.
    ApiServer apiServer = ApiServer.orSkip();
    try (Started here = Started.with(kubeconfig(), temporary)) {
      awaitWatching(here.board(), cluster.namespace());
      awaitWatching(board, shop.namespace());
      RealCluster.await().until(() -> !here.board().lanes("Pod/" + boardPod()).isEmpty());
      int known = here.board().recording().path("moments").size();
      int outages = ofBoard(board, shop.namespace(), "blind").size();
      int outagesHere = ofBoard(here.board(), cluster.namespace(), "blind").size();

      // When
      try {
        apiServer.stop();
        RealCluster.await()
            .until(() -> ofBoard(here.board(), cluster.namespace(), "blind").size() > outagesHere);
        RealCluster.await().until(() -> ofBoard(board, shop.namespace(), "blind").size() > outages);

        // Then
        assertThat(here.board().readiness()).isEqualTo(503);
        assertThat(here.board().recording().path("moments").size()).isGreaterThan(known);
      } finally {
        apiServer.start();
      }
      awaitWatching(here.board(), cluster.namespace());
      Moment blind = ofBoard(here.board(), cluster.namespace(), "blind").get(outagesHere);
      List<Moment> sighted = ofBoard(here.board(), cluster.namespace(), "sighted");
      assertThat(sighted.get(sighted.size() - 1).seen()).isAfter(blind.seen());
      assertThat(here.board().picture("5m")).contains("unknown");
      cluster.kubectl("run", "afterwards", "--image=podlab/demo-app:1.0.0");
      RealCluster.await().until(() -> !here.board().momentsOf("Pod/afterwards").isEmpty());
    }
    RealCluster.await().until(() -> !board.momentsOf("Pod/afterwards").isEmpty());
    awaitWatching(board, shop.namespace());
  }

  /** Like a NAT or a VPN that drops idle connections; other requests still work. */
  @Test
  @Order(8)
  void theTimeOfADeadWatchIsUnknown() throws Exception {
    // Given
    ObjectNode kubeconfig = kubeconfig();
    ObjectNode server = (ObjectNode) kubeconfig.path("clusters").path(0).path("cluster");
    try (ApiServerForwarder forwarder =
        new ApiServerForwarder(URI.create(server.path("server").asText()))) {
      server.put("server", forwarder.address());
      try (Started here = Started.with(kubeconfig, temporary)) {
        RealCluster.await().until(() -> here.board().readiness() == 200);

        // When
        forwarder.forgetConnections();
        cluster.kubectl("run", "unseen", "--image=podlab/demo-app:1.0.0");

        // Then
        RealCluster.await().until(() -> !here.board().momentsOf("Pod/unseen").isEmpty());
        Moment lost =
            ofBoard(here.board(), cluster.namespace(), "blind").stream()
                .filter(moment -> moment.text().contains("lost"))
                .findFirst()
                .orElseThrow();
        Moment created = here.board().momentsOf("Pod/unseen").get(0);
        assertThat(created.json().path("approximate").asBoolean()).isTrue();
        // The creation time has whole seconds.
        assertThat(created.happened())
            .isBetween(
                Instant.parse(lost.json().path("time").asText()).truncatedTo(ChronoUnit.SECONDS),
                lost.seen());
        RealCluster.await().until(() -> here.board().readiness() == 200);
        RealCluster.await()
            .until(() -> !ofBoard(here.board(), cluster.namespace(), "sighted").isEmpty());
      }
    }
  }

  private static String boardPod() throws Exception {
    return cluster
        .get("pods", "-l", "app.kubernetes.io/name=board")
        .path("items")
        .path(0)
        .path("metadata")
        .path("name")
        .asText();
  }

  private static ObjectNode kubeconfig() throws Exception {
    return (ObjectNode)
        JSON.readTree(
            RealCluster.run("kubectl", "config", "view", "--raw", "--minify", "-o", "json"));
  }

  /** A board that runs as a process on this machine. */
  private record Started(Process process, Board board) implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://\\S+)");

    static Started with(ObjectNode kubeconfig, Path folder) throws Exception {
      Path file =
          Files.writeString(folder.resolve("kubeconfig"), JSON.writeValueAsString(kubeconfig));
      Path log = folder.resolve("log");
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-jar",
                  RealCluster.ROOT.resolve("board/target/quarkus-app/quarkus-run.jar").toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("KUBECONFIG", file.toString());
      builder.environment().put("LAB_BOARD_NAMESPACES", cluster.namespace());
      builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
      builder.environment().put("QUARKUS_HTTP_PORT", "0");
      Process process = builder.start();
      try {
        RealCluster.await().until(() -> address(log).find());
        Matcher address = address(log);
        assertThat(address.find()).isTrue();
        return new Started(process, new Board(address.group(1)));
      } catch (Exception | Error e) {
        process.destroy();
        throw e;
      }
    }

    private static Matcher address(Path log) throws IOException {
      return ADDRESS.matcher(Files.readString(log));
    }

    @Override
    public void close() {
      process.destroy();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
