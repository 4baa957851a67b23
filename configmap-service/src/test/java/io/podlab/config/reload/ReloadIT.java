package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.config.directory.MountedConfigMap;
import io.podlab.kit.testing.PackagedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change takes effect without a restart. deploy/bench measures how fast. */
class ReloadIT {
  private static final String SERVICE = "target/quarkus-app/quarkus-run.jar";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path directory;
  private static MountedConfigMap configMap;
  private static PackagedService service;

  @TempDir Path temporary;

  @BeforeAll
  static void start() throws IOException {
    configMap = new MountedConfigMap(directory);
    configMap.publish(Map.of("color", "red"));
    service = PackagedService.start(Map.of("LAB_CONFIG_DIR", directory.toString()));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void publish() throws IOException {
    configMap.publish(Map.of("color", "red", "refresh", "1h"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                config(service).contains("\ncolor: red\n")
                    && !config(service).contains("\n# rejected "));
  }

  @Test
  void logsOneLineForARejectionAndStaysReady() throws Exception {
    // When
    configMap.publish(Map.of("color", "not-a-color"));
    awaitConfig("\n# rejected ");

    // Then
    assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
    assertThat(service.output().lines().filter(line -> line.contains("not-a-color")))
        .singleElement()
        .asString()
        .contains("WARN")
        .contains("rejected: color is invalid: 'not-a-color' is not a CSS color")
        .contains("stays in effect");
  }

  @Test
  void doesWhatTheLogLevelSays() throws Exception {
    // Given
    service.get("/greeting");
    assertThat(service.output()).doesNotContain("DEBUG");

    // When
    configMap.publish(Map.of("log.level", "DEBUG"));
    awaitConfig("\nlog.level: DEBUG\n");
    service.get("/greeting");

    // Then
    await().until(() -> service.output().contains("greeting with revision"));
  }

  /** Ten changes a second, for two seconds. */
  @Test
  void takesFewOfThoseThatFlapAndTheLastOne() throws Exception {
    // Given
    double before = reloads();
    AtomicInteger made = new AtomicInteger();
    ScheduledExecutorService editor = Executors.newSingleThreadScheduledExecutor();

    // When
    editor.scheduleAtFixedRate(
        () -> {
          try {
            configMap.publish(Map.of("size", Integer.toString(made.incrementAndGet())));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        0,
        100,
        TimeUnit.MILLISECONDS);
    await().until(() -> made.get() >= 20);
    editor.shutdown();
    assertThat(editor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

    // Then
    awaitConfig("\nsize: " + made + "\n");
    assertThat(reloads() - before).isBetween(1.0, 10.0);
  }

  private static double reloads() throws Exception {
    return service
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("lab_config_reloads_total{result=\"success\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void readsAgainOnSighup() throws Exception {
    // Given: the kubelet never changes a published version, so the service does not check it.
    Path version = directory.resolve("..data").toRealPath();
    Files.writeString(version.resolve("color"), "blue");

    // When
    signal("HUP");

    // Then
    await().until(() -> service.output().contains("SIGHUP received: reloading"));
    awaitConfig("\ncolor: blue\n");
  }

  @Test
  void isNotReadyOnceTheSourceHasBeenSilentForTooLong() throws Exception {
    // Given
    configMap.publish(Map.of("refresh", "1s"));
    awaitConfig("\nrefresh: 1s\n");

    // When
    Files.delete(directory.resolve("..data"));
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..nowhere"));

    // Then
    await().atMost(PATIENCE).until(() -> service.get("/q/health/ready").statusCode() == 503);
    assertThat(config(service)).contains(", STALE\n").contains("\n# unreadable ");
    assertThat(service.output()).contains("has not answered since");
    Files.delete(directory.resolve("..data"));
    configMap.publish(Map.of("refresh", "1s"));
    await().atMost(PATIENCE).until(() -> service.get("/q/health/ready").statusCode() == 200);
  }

  @Test
  void takesArgumentsForAConfigurationAndShowsTheEnvironmentBesideThem() throws Exception {
    // Given
    Map<String, String> environment =
        Map.of(
            "LAB_CONFIG_ACTIVE", "arguments",
            "LAB_VALUE_GREETING", "From the environment");

    // When
    try (PackagedService other =
        PackagedService.start(environment, "--greeting=From an argument", "--color=red")) {

      // Then
      assertThat(other.get("/greeting").body())
          .isEqualTo("From an argument\ncolor red, features on: none\n");
      assertThat(other.get("/sources").body()).contains("From the environment");
      endsSoonWhileSomeWaitForTheNextRevision(other);
    }
  }

  /** They get the current configuration. */
  private static void endsSoonWhileSomeWaitForTheNextRevision(PackagedService other)
      throws Exception {
    // Given
    URI root = other.uri("/");
    String revision = config(other).replaceAll("(?s)^# revision ([0-9a-f]+),.*", "$1");
    try (Socket watch = new Socket(root.getHost(), root.getPort());
        Socket stream = new Socket(root.getHost(), root.getPort())) {
      ask(watch, "/config?watch=" + revision);
      ask(stream, "/config/stream");
      assertThat(stream.getInputStream().read()).isEqualTo('H');

      // When
      other.terminate();

      // Then
      assertThat(other.exitCode(Duration.ofSeconds(10))).isIn(0, 143);
      assertThat(new String(watch.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("200 OK")
          .contains("color: red");
    }
  }

  private static void ask(Socket socket, String path) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void followsAFileThatSubPathWouldMountAndStartsWithTheLastGoodOne() throws Exception {
    // Given
    Path file = Files.writeString(temporary.resolve("application.yaml"), "color: red");
    Map<String, String> environment =
        Map.of(
            "LAB_CONFIG_ACTIVE", "subpath",
            "LAB_CONFIG_SUBPATH_FILE", file.toString(),
            "LAB_CONFIG_LAST_GOOD", temporary.resolve("last").toString());
    try (PackagedService other = PackagedService.start(environment)) {
      // When
      Files.writeString(file, "color: blue");

      // Then
      await().atMost(PATIENCE).until(() -> config(other).contains("\ncolor: blue\n"));
    }

    // When
    Files.writeString(file, "color: not-a-color");
    try (PackagedService other = PackagedService.start(environment)) {

      // Then
      assertThat(config(other))
          .contains("\ncolor: blue\n")
          .contains("\n# last good configuration, from disk")
          .contains("\n# rejected ");
      assertThat(other.output()).contains(", the last good configuration");
    }
  }

  private static String config(PackagedService service) throws Exception {
    return service.get("/config").body();
  }

  private static void awaitConfig(String part) {
    await().atMost(PATIENCE).until(() -> config(service).contains(part));
  }

  private static void signal(String name) throws Exception {
    List<ProcessHandle> services =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().commandLine().orElse("").contains(SERVICE))
            .toList();
    assertThat(services).hasSize(1);
    new ProcessBuilder("kill", "-" + name, Long.toString(services.get(0).pid())).start().waitFor();
  }
}
