package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.lab.cluster.Board.Moment;
import io.podlab.lab.process.SearchPath;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the moments of the board, deployed with its generated manifest. All scenarios run at the
 * same time in its namespace; the tests run in the order in which their results appear.
 *
 * <p>Times come from the API in whole seconds; a kubelet with many pods reports seconds late.
 */
@Tag("cluster")
@Isolated("measures time")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BoardIT {
  private static final Path STATIC_PODS = Path.of("/etc/kubernetes/manifests");
  private static final Path STATIC_POD = STATIC_PODS.resolve("podlab-board-test.yaml");
  private static final String DEPLOYMENT = "Deployment/demo-app";

  /** The error of a difference between two times in whole seconds. */
  private static final double STAMP = 1;

  private static final String STATES = "#bars .pod[data-name=leaving] rect[data-state]";

  private static RealCluster cluster;
  private static Board board;

  @TempDir Path temporary;

  @BeforeAll
  static void applyAllAtOnce() throws Exception {
    cluster = RealCluster.withNamespaceAfterOthers("board-test");
    apply("deploy/generated/board.yml");
    RealCluster.await().until(() -> cluster.readyPods("app.kubernetes.io/name=board").size() == 1);
    String pod = cluster.readyPods("app.kubernetes.io/name=board").get(0);
    board = new Board("http://" + cluster.podIp(pod) + ":8080");
    apply("deploy/src/test/resources/board/pods.yml");
    for (String probe :
        List.of(
            "liveness-http",
            "liveness-exec",
            "liveness-tcp",
            "hang",
            "startup",
            "readiness-http")) {
      apply("deploy/probes/" + probe + ".yml");
    }
    apply("deploy/generated/demo-app.yml");
    cluster.kubectl("scale", "--replicas=3", "deployment/demo-app");
  }

  @AfterAll
  static void leaveNothing() throws Exception {
    Files.deleteIfExists(STATIC_POD);
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void apply(String file) throws Exception {
    cluster.kubectl("apply", "-f", RealCluster.ROOT.resolve(file).toString());
  }

  private static List<String> kinds(List<Moment> moments) {
    return moments.stream().map(Moment::kind).toList();
  }

  private static Predicate<Moment> is(String kind) {
    return moment -> moment.kind().equals(kind);
  }

  private static List<Moment> of(List<Moment> moments, String kind) {
    return moments.stream().filter(is(kind)).toList();
  }

  private static Moment first(List<Moment> moments, String kind) {
    return moments.stream()
        .filter(is(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " in " + moments));
  }

  private static double seconds(Moment from, Moment to) {
    return Duration.between(from.happened(), to.happened()).toMillis() / 1e3;
  }

  private static List<Moment> awaited(String object, String kind, int times) throws Exception {
    RealCluster.await().until(() -> of(board.momentsOf(object), kind).size() >= times);
    return board.momentsOf(object);
  }

  /** The first moment of this kind that did not happen before the earlier one. */
  private static Moment awaitedAfter(Moment earlier, String object, String kind) throws Exception {
    Predicate<Moment> wanted =
        is(kind).and(moment -> !moment.happened().isBefore(earlier.happened()));
    return RealCluster.await()
        .until(
            () -> board.momentsOf(object).stream().filter(wanted).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  /** The drawing of one pod and its Service. */
  @Test
  @Order(1)
  void thePageDrawsADeletedPod() throws Exception {
    // Given
    Chromium.assumeThereIsOne();
    awaited("Pod/leaving", "ready", 1);
    awaited("Service/leaving", "endpoint-in", 1);
    try (Chromium page = Chromium.open(board.address() + "/")) {
      page.type("#label", "app=leaving");
      RealCluster.await().until(() -> page.values(STATES, "data-state").contains("ready"));
      assertThat(page.values("#labels .pod", "data-name")).containsExactly("leaving");

      // When
      RealCluster.await().until(() -> cluster.readyPods("app=leaving").size() == 1);
      cluster.kubectl("delete", "pod", "leaving", "--wait=false");

      // Then
      RealCluster.await().until(() -> page.values(STATES, "data-state").contains("terminating"));
      RealCluster.await()
          .until(() -> page.values("#bars .service rect", "data-endpoints").contains(""));
      RealCluster.await().until(() -> String.join(" ", marks(page, "pod")).contains("gone"));
      assertThat(page.values(STATES, "data-state"))
          .containsSubsequence("pending", "creating", "not-ready", "ready", "terminating");
      assertThat(String.join(" ", marks(page, "pod")))
          .contains("created", "ready", "deletion-requested");
      assertThat(String.join(" ", marks(page, "program")))
          .contains("program-started", "hook-called", "signal-arrived");
      assertThat(page.values("#bars .service rect", "data-endpoints")).contains("leaving", "");
      assertThat(page.text("#moments")).contains("leaving").contains("SIGTERM");
    }
  }

  private static List<String> marks(Chromium page, String row) {
    return page.values("#marks [data-row^='" + row + " '] .mark", "data-kinds");
  }

  @Test
  @Order(2)
  void aDeletedPodHasMomentsOfKubernetesAndOfTheProgram() throws Exception {
    // Given
    awaited("Pod/leaving", "ready", 1);
    awaited("Service/leaving", "endpoint-in", 1);

    // When: the test of the page may have deleted it already.
    RealCluster.await()
        .until(
            () ->
                !of(board.momentsOf("Pod/leaving"), "deletion-requested").isEmpty()
                    || cluster.readyPods("app=leaving").size() == 1);
    cluster.kubectl("delete", "pod", "leaving", "--wait=false", "--ignore-not-found");
    List<Moment> moments = awaited("Pod/leaving", "gone", 1);
    Moment deletion = first(moments, "deletion-requested");
    Moment out = awaitedAfter(deletion, "Service/leaving", "endpoint-out");

    // Then
    assertThat(kinds(moments.stream().filter(moment -> !moment.ofProgram()).toList()))
        .containsSubsequence("created", "scheduled", "ready", "deletion-requested", "gone");
    assertThat(deletion.text()).contains("30");
    assertThat(deletion.state()).isEqualTo("terminating");
    assertThat(kinds(moments.stream().filter(Moment::ofProgram).toList()))
        .containsSubsequence("program-started", "hook-called", "signal-arrived");
    Moment hook = first(moments, "hook-called");
    Moment signal = first(moments, "signal-arrived");
    assertThat(seconds(hook, signal)).isGreaterThanOrEqualTo(3.9);
    assertThat(seconds(deletion, hook)).isGreaterThanOrEqualTo(-STAMP);
    assertThat(first(moments, "gone").seen()).isAfter(signal.happened());
    assertThat(out.endpoint()).isEqualTo("leaving");
    assertThat(out.happened()).isBeforeOrEqualTo(signal.happened());
    List<Moment> endpoints = board.momentsOf("Service/leaving");
    assertThat(first(endpoints, "endpoint-in").endpoint()).isEqualTo("leaving");
    assertThat(kinds(endpoints)).contains("no-endpoints");
    System.out.printf(
        "board: hook %.1f s, then SIGTERM; endpoint out %.1f s after the deletion%n",
        seconds(hook, signal), seconds(deletion, out));
  }

  @Test
  @Order(3)
  void initContainersRunOneAfterTheOther() throws Exception {
    // When
    List<Moment> moments = awaited("Pod/init-containers", "ready", 1);

    // Then
    List<Moment> init =
        moments.stream()
            .filter(is("init-started").or(is("init-finished")).or(is("ready")))
            .toList();
    assertThat(init)
        .extracting(moment -> moment.kind() + " " + moment.container())
        .containsExactly(
            "init-started first",
            "init-finished first",
            "init-started second",
            "init-finished second",
            "ready ");
    assertThat(init.get(0).text()).contains("1 of 2");
    assertThat(init.get(2).text()).contains("2 of 2");
    List<Instant> inTheStatus = new ArrayList<>();
    for (JsonNode container :
        cluster.get("pod", "init-containers").path("status").path("initContainerStatuses")) {
      JsonNode end = container.path("state").path("terminated");
      inTheStatus.add(Instant.parse(end.path("startedAt").asText()));
      inTheStatus.add(Instant.parse(end.path("finishedAt").asText()));
    }
    assertThat(init.subList(0, 4))
        .extracting(Moment::happened)
        .containsExactlyElementsOf(inTheStatus);
    assertThat(seconds(init.get(0), init.get(1))).isGreaterThanOrEqualTo(3 - STAMP);
    assertThat(seconds(init.get(2), init.get(3))).isGreaterThanOrEqualTo(3 - STAMP);
  }

  @Test
  @Order(4)
  void aContainerThatNeedsTooMuchMemoryIsKilledByTheKernel() throws Exception {
    // When
    List<Moment> moments = awaited("Pod/out-of-memory", "restarted", 1);

    // Then
    assertThat(kinds(moments)).containsSubsequence("created", "oom-killed", "restarted");
    assertThat(first(moments, "oom-killed").text()).contains("137");
  }

  /** One run of a container, from its start until liveness probes ended it. */
  private record Life(Moment started, Moment killed, List<Moment> ofPod) {
    /**
     * The first life that SIGTERM ended after so many seconds of success, and then so many of the
     * expected failures, one per period. On a slow machine, probes can time out earlier or come
     * late, or the program is too slow for SIGTERM; but the container starts and fails again. One
     * such life is enough.
     */
    static Optional<Life> killed(
        List<Moment> ofPod, int successful, int failures, int period, String why) {
      int failing = (failures - 1) * period;
      return of(ofPod, "killed-by-liveness").stream()
          .flatMap(
              killed ->
                  of(ofPod, "container-started").stream()
                      .filter(started -> started.happened().isBefore(killed.happened()))
                      .reduce((earlier, later) -> later)
                      .map(started -> new Life(started, killed, ofPod))
                      .stream())
          .filter(life -> seconds(life.started(), life.killed()) > successful + failing - STAMP)
          .filter(life -> life.failures(why).size() == failures)
          .filter(life -> life.failedFor(failing, why))
          .filter(Life::endedWithSigterm)
          .findFirst();
    }

    private boolean failedFor(int seconds, String why) {
      double failed = seconds(failures(why).get(0), killed);
      return isBetween(seconds - STAMP, failed, seconds + 1 + STAMP);
    }

    List<Moment> failures(String why) {
      return of(ofPod, "probe-failed").stream()
          .filter(moment -> moment.text().startsWith("liveness"))
          .filter(moment -> moment.text().contains(why))
          .filter(moment -> moment.happened().isAfter(started.happened()))
          .filter(moment -> !moment.happened().isAfter(killed.happened()))
          .toList();
    }

    private boolean endedWithSigterm() {
      return of(ofPod, "terminated").stream()
          .filter(moment -> !moment.happened().isBefore(killed.happened()))
          .findFirst()
          .filter(moment -> moment.text().contains("143"))
          .isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "liveness-http, 3, 1, statuscode: 500",
    "liveness-tcp, 3, 1, connection refused",
    "liveness-exec, 3, 1, can't open '/tmp/healthy'",
    "hang, 2, 2, context deadline exceeded",
  })
  @Order(5)
  void aContainerIsKilledAfterSoManyFailures(String pod, int failures, int period, String why)
      throws Exception {
    // When: Events arrive later than the changes.
    awaited("Pod/" + pod, "restarted", 1);
    // The start of Java, which depends on the machine, comes before the eight seconds of success.
    int successful = 8;
    RealCluster.await()
        .untilAsserted(
            () -> {
              List<Moment> found = board.momentsOf("Pod/" + pod);
              assertThat(Life.killed(found, successful, failures, period, why))
                  .as("%s", found)
                  .isPresent();
            });

    // Then
    List<Moment> moments = board.momentsOf("Pod/" + pod);
    assertThat(kinds(moments))
        .containsSubsequence(
            "created", "scheduled", "container-started", "startup-passed", "restarted");
    Life life = Life.killed(moments, successful, failures, period, why).orElseThrow();
    assertThat(life.failures(why))
        .extracting(moment -> moment.json().path("count").asInt(1))
        .isSorted();
    assertThat(first(moments, "restarted").json().path("count").asInt()).isEqualTo(1);
  }

  @Test
  @Order(6)
  void noLivenessProbeFailsWhileTheProgramStarts() throws Exception {
    // When
    List<Moment> moments = awaited("Pod/startup", "ready", 1);

    // Then
    assertThat(of(moments, "probe-failed"))
        .isNotEmpty()
        .allSatisfy(moment -> assertThat(moment.text()).containsIgnoringCase("startup"));
    assertThat(kinds(moments))
        .containsSubsequence("container-started", "startup-passed", "ready")
        .doesNotContain("killed-by-liveness", "restarted");
    assertThat(seconds(first(moments, "container-started"), first(moments, "ready")))
        .isGreaterThan(10 - STAMP);
  }

  @Test
  @Order(7)
  void aPodThatIsNotReadyLeavesItsServiceForTenSeconds() throws Exception {
    // When: on a slow machine, the Pod can become not ready too early; but the schedule repeats.
    List<Moment> moments =
        RealCluster.await()
            .until(() -> board.momentsOf("Pod/readiness-http"), BoardIT::leftForTenSeconds);
    List<Moment> endpoints = awaited("Service/readiness-http", "endpoint-in", 2);

    // Then
    assertThat(kinds(endpoints))
        .containsSubsequence("endpoint-in", "endpoint-out", "no-endpoints", "endpoint-in");
    assertThat(kinds(moments)).doesNotContain("restarted");
  }

  /**
   * Whether the Pod was once ready for 20 s, and then not ready for 10 s. It takes two failures, a
   * second apart, and one success.
   */
  private static boolean leftForTenSeconds(List<Moment> moments) {
    List<Moment> readiness = moments.stream().filter(is("ready").or(is("not-ready"))).toList();
    return IntStream.range(2, readiness.size())
        .mapToObj(i -> readiness.subList(i - 2, i + 1))
        .filter(three -> kinds(three).equals(List.of("ready", "not-ready", "ready")))
        .anyMatch(
            three ->
                isBetween(18, seconds(three.get(0), three.get(1)), 23)
                    && isBetween(7, seconds(three.get(1), three.get(2)), 12));
  }

  private static boolean isBetween(double least, double value, double most) {
    return least <= value && value <= most;
  }

  @Test
  @Order(8)
  void aCrashLoopDoublesItsBackOff() throws Exception {
    // When
    List<Moment> moments = awaited("Pod/crash-loop", "restarted", 3);

    // Then
    assertThat(kinds(moments))
        .containsSubsequence("terminated", "restarted", "terminated", "back-off", "restarted");
    assertThat(of(moments, "terminated"))
        .allSatisfy(moment -> assertThat(moment.text()).contains("3"));
    assertThat(of(moments, "restarted"))
        .extracting(moment -> moment.json().path("count").asInt())
        .startsWith(1, 2, 3);
    List<Moment> waits =
        of(moments, "back-off").stream()
            .filter(moment -> moment.state().equals("backing-off"))
            .toList();
    assertThat(waits.get(0).text()).contains("CrashLoopBackOff").contains("10s");
    assertThat(waits.get(1).text()).contains("20s");
    // The container runs for two seconds, and the kubelet can start it later than the back-off
    // ends.
    List<Moment> started = of(moments, "restarted");
    assertThat(seconds(started.get(0), started.get(1))).isGreaterThanOrEqualTo(12 - STAMP);
    assertThat(seconds(started.get(1), started.get(2))).isGreaterThanOrEqualTo(22 - STAMP);
  }

  @Test
  @Order(9)
  void aRolloutUnderLoadAlwaysHasThreeEndpoints() throws Exception {
    // Given
    RealCluster.await().until(() -> cluster.endpoints("demo-app").size() == 3);
    List<String> old = cluster.readyPods("app.kubernetes.io/name=demo-app");
    int finished = of(board.momentsOf(DEPLOYMENT), "rollout-finished").size();

    // When
    SteadyLoad load = SteadyLoad.onNewConnections(cluster.clusterIp("demo-app"));
    try (load) {
      cluster.kubectl("rollout", "restart", "deployment/demo-app");
      awaited(DEPLOYMENT, "rollout-finished", finished + 1);
      for (String pod : old) {
        awaited("Pod/" + pod, "gone", 1);
      }
    }

    // Then
    assertThat(load.failures()).isEmpty();
    assertThat(kinds(board.momentsOf(DEPLOYMENT)))
        .endsWith("rollout-finished")
        .contains("rollout-started", "scaled");
    Set<String> endpoints = new HashSet<>();
    List<Integer> sizes = new ArrayList<>();
    for (Moment moment : board.momentsOf("Service/demo-app")) {
      if (moment.kind().equals("endpoint-in")) {
        endpoints.add(moment.endpoint());
        sizes.add(endpoints.size());
      } else if (moment.kind().equals("endpoint-out")) {
        endpoints.remove(moment.endpoint());
        sizes.add(endpoints.size());
      }
    }
    assertThat(sizes.subList(2, sizes.size())).contains(4).allMatch(size -> size >= 3);
    assertThat(endpoints).hasSize(3).doesNotContainAnyElementsOf(old);
    for (String pod : old) {
      List<Moment> moments = board.momentsOf("Pod/" + pod);
      assertThat(kinds(moments)).contains("program-started", "first-request", "signal-arrived");
      // The hook sleeps for five seconds; the program does not see it.
      assertThat(seconds(first(moments, "deletion-requested"), first(moments, "signal-arrived")))
          .isGreaterThanOrEqualTo(5 - STAMP);
      assertThat(board.lanes("Pod/" + pod).get(0).path("owner").asText()).isEqualTo(DEPLOYMENT);
    }
  }

  @Test
  @Order(10)
  void aStaticPodHasTheLaneOfItsMirrorPod() throws Exception {
    // Given
    Assumptions.assumeTrue(
        Files.isWritable(STATIC_PODS), STATIC_PODS + " does not exist or is not writable");
    Files.writeString(
        STATIC_POD,
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: static
          namespace: board-test
        spec:
          terminationGracePeriodSeconds: 1
          containers:
            - name: main
              image: podlab/demo-app:1.0.0
              imagePullPolicy: IfNotPresent
              command: [sleep, "3600"]
        """);
    RealCluster.await().until(() -> !board.moments(BoardIT::ofStaticPod).isEmpty());
    String object = board.moments(BoardIT::ofStaticPod).get(0).object();
    String node = object.substring("Pod/static-".length());
    awaited(object, "ready", 1);

    // When: this deletes only the mirror pod.
    cluster.kubectl("delete", "pod", "static-" + node, "--wait=false");
    awaited(object, "created", 2);
    awaited(object, "ready", 2);
    Files.delete(STATIC_POD);
    List<Moment> moments = awaited(object, "gone", 2);

    // Then
    assertThat(kinds(moments)).containsSubsequence("created", "ready", "gone", "created", "gone");
    List<JsonNode> lanes = board.lanes(object);
    assertThat(lanes)
        .hasSize(2)
        .allSatisfy(lane -> assertThat(lane.path("owner").asText()).isEqualTo("Node/" + node));
    assertThat(lanes.get(0).path("uid")).isNotEqualTo(lanes.get(1).path("uid"));
  }

  private static boolean ofStaticPod(Moment moment) {
    return moment.object().startsWith("Pod/static-");
  }

  @Test
  @Order(11)
  void aProgramOtherThanABrowserRendersThePicture() throws Exception {
    // Given
    Assumptions.assumeTrue(
        SearchPath.ofThisProcess().find("rsvg-convert").isPresent(),
        "rsvg-convert is missing; install the Debian package librsvg2-bin");
    Path svg = Files.writeString(temporary.resolve("picture.svg"), board.picture("5m"));
    Path png = temporary.resolve("picture.png");

    // When
    RealCluster.run("rsvg-convert", "-o", png.toString(), svg.toString());

    // Then
    BufferedImage image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isBetween(1000, 4000);
    assertThat(image.getHeight()).isBetween(300, 4000);
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    Map<Integer, Long> colors =
        Arrays.stream(pixels)
            .boxed()
            .collect(Collectors.groupingBy(pixel -> pixel, Collectors.counting()));
    assertThat(colors).hasSizeGreaterThan(10);
    assertThat(Collections.max(colors.values())).isLessThan(pixels.length * 9L / 10);
    assertThat(Files.readString(svg)).contains("Deployment demo-app").doesNotContain("<script");
  }
}
