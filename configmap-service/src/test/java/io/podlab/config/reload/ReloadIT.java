package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.config.directory.MountedConfigMap;
import io.podlab.kit.testing.PackagedService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change is in effect without a restart. How soon is for a benchmark to say, not for a test. */
class ReloadIT {
  private static final String SERVICE = "target/quarkus-app/quarkus-run.jar";

  @TempDir Path directory;
  @TempDir Path lastGood;
  private PackagedService service;

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void followsTheKubelet() throws Exception {
    // Given
    MountedConfigMap configMap = new MountedConfigMap(directory);
    configMap.publish(Map.of("color", "red"));
    start(Map.of());

    // When
    configMap.publish(Map.of("color", "blue"));

    // Then
    awaitConfig("\ncolor: blue\n");
  }

  @Test
  void followsAFileThatIsEditedInPlace() throws Exception {
    // Given
    write("red");
    start(Map.of());

    // When
    write("blue");

    // Then
    awaitConfig("\ncolor: blue\n");
  }

  @Test
  void logsOneLineForARejectionAndStaysReady() throws Exception {
    // Given
    write("red");
    start(Map.of());

    // When
    write("blurple");
    awaitConfig("\n# rejected ");

    // Then
    assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
    assertThat(service.output().lines().filter(line -> line.contains("blurple")))
        .singleElement()
        .asString()
        .contains("WARN")
        .contains("rejected: color \"blurple\": it must be a CSS colour")
        .contains("stays in effect");
  }

  @Test
  void doesWhatTheLogLevelSays() throws Exception {
    // Given
    write("red");
    start(Map.of());
    service.get("/greeting");
    assertThat(service.output()).doesNotContain("DEBUG");

    // When
    Files.writeString(directory.resolve("log.level"), "DEBUG");
    awaitConfig("\nlog.level: DEBUG\n");
    service.get("/greeting");

    // Then
    await().until(() -> service.output().contains("greeting with revision"));
  }

  @Test
  void takesFewOfThoseThatFlapInAVolumeAndTheLastOne() throws Exception {
    // Given
    MountedConfigMap configMap = new MountedConfigMap(directory);
    configMap.publish(Map.of("size", "0"));

    // When, Then
    takesFewOfManyAndTheLastOne(size -> configMap.publish(Map.of("size", size)));
  }

  @Test
  void takesFewOfThoseThatFlapInADirectoryAndTheLastOne() throws Exception {
    // Given
    Path file = Files.writeString(directory.resolve("size"), "0");

    // When, Then
    takesFewOfManyAndTheLastOne(size -> Files.writeString(file, size));
  }

  private interface Edit {
    void to(String size) throws IOException;
  }

  /** Ten a second, for three seconds. */
  private void takesFewOfManyAndTheLastOne(Edit edit) throws Exception {
    start(Map.of());
    AtomicInteger made = new AtomicInteger();
    ScheduledExecutorService editor = Executors.newSingleThreadScheduledExecutor();
    editor.scheduleAtFixedRate(
        () -> {
          try {
            edit.to(Integer.toString(made.incrementAndGet()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        0,
        100,
        TimeUnit.MILLISECONDS);
    await().until(() -> made.get() >= 30);
    editor.shutdown();
    assertThat(editor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    awaitConfig("\nsize: " + made + "\n");
    assertThat(reloads()).isBetween(1.0, 10.0);
  }

  private double reloads() throws Exception {
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
    // Given: the kubelet never writes into what it has published, so nobody looks there by himself.
    MountedConfigMap configMap = new MountedConfigMap(directory);
    configMap.publish(Map.of("color", "red", "refresh", "1h"));
    start(Map.of());
    Path version = directory.resolve("..data").toRealPath();
    Files.writeString(version.resolve("color"), "blue");
    await()
        .during(Duration.ofSeconds(1))
        .until(() -> service.get("/config").body().contains("\ncolor: red\n"));

    // When
    signal("HUP");

    // Then
    await().until(() -> service.output().contains("SIGHUP: reading again"));
    awaitConfig("\ncolor: blue\n");
  }

  @Test
  void showsTheEnvironmentAndArgumentsAsTheyWereAtTheStart() throws Exception {
    // Given
    write("red");
    Map<String, String> environment =
        Map.of(
            "LAB_CONFIG_ACTIVE", "environment",
            "LAB_CONFIG_DIR", directory.toString(),
            "LAB_VALUE_GREETING", "From the environment",
            "LAB_VALUE_features.shout", "true",
            "LAB_VALUE_LOG_LEVEL", "WARN");

    // When
    service = PackagedService.start(environment, "--greeting=From an argument");

    // Then
    assertThat(service.get("/greeting").body())
        .isEqualTo("FROM THE ENVIRONMENT!\ncolor #326ce5, features on: shout\n");
  }

  @Test
  void takesArgumentsForAConfiguration() throws Exception {
    // When
    service =
        PackagedService.start(
            Map.of("LAB_CONFIG_ACTIVE", "arguments"), "--greeting=From an argument", "--color=red");

    // Then
    assertThat(service.get("/greeting").body())
        .isEqualTo("From an argument\ncolor red, features on: none\n");
  }

  @Test
  void followsAFileThatSubPathWouldMount() throws Exception {
    // Given
    Path file = Files.writeString(directory.resolve("application.yaml"), "color: red");
    service =
        PackagedService.start(
            Map.of("LAB_CONFIG_ACTIVE", "subpath", "LAB_CONFIG_SUBPATH_FILE", file.toString()));

    // When
    Files.writeString(file, "color: blue");

    // Then
    awaitConfig("\ncolor: blue\n");
  }

  @Test
  void startsWithTheLastGoodOneAndSaysSo() throws Exception {
    // Given
    write("red");
    Map<String, String> keep = Map.of("LAB_CONFIG_LAST_GOOD", lastGood.toString());
    start(keep);
    service.close();
    write("blurple");

    // When
    start(keep);

    // Then
    awaitConfig("\ncolor: red\n");
    assertThat(service.get("/config").body())
        .contains("\n# this is the last good one from the disk")
        .contains("\n# rejected ");
    assertThat(service.output()).contains("the last good one, is in effect");
  }

  @Test
  void isNotReadyOnceTheSourceHasBeenSilentForTooLong() throws Exception {
    // Given
    MountedConfigMap configMap = new MountedConfigMap(directory);
    configMap.publish(Map.of("refresh", "1s"));
    start(Map.of());

    // When
    dangle();

    // Then
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> service.get("/q/health/ready").statusCode() == 503);
    assertThat(service.get("/config").body()).contains(", STALE\n").contains("\n# unreadable ");
    Files.delete(directory.resolve("..data"));
    configMap.publish(Map.of("refresh", "1s"));
    await().until(() -> service.get("/q/health/ready").statusCode() == 200);
  }

  @Test
  void onlyWarnsOfASilentSourceIfThatIsWanted() throws Exception {
    // Given
    new MountedConfigMap(directory).publish(Map.of("refresh", "1s"));
    start(Map.of("LAB_CONFIG_STALE", "ready"));

    // When
    dangle();

    // Then
    awaitConfig(", STALE\n");
    assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
    await().until(() -> service.output().contains("has not answered since"));
  }

  private void dangle() throws IOException {
    Files.delete(directory.resolve("..data"));
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..nowhere"));
  }

  @Test
  void endsSoonWhileSomeWaitForTheNextRevision() throws Exception {
    // Given
    write("red");
    start(Map.of());
    URI root = service.uri("/");
    String revision =
        service.get("/config").body().replaceAll("(?s)^# revision ([0-9a-f]+),.*", "$1");
    try (Socket watch = new Socket(root.getHost(), root.getPort());
        Socket stream = new Socket(root.getHost(), root.getPort())) {
      ask(watch, "/config?watch=" + revision);
      ask(stream, "/config/stream");
      InputStream events = stream.getInputStream();
      assertThat(events.read()).isEqualTo('H');

      // When
      service.terminate();

      // Then
      assertThat(service.exitCode(Duration.ofSeconds(10))).isIn(0, 143);
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

  private void start(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("LAB_CONFIG_DIR", directory.toString());
    service = PackagedService.start(environment);
  }

  private void write(String color) throws IOException {
    Files.writeString(directory.resolve("color"), color);
  }

  private void awaitConfig(String part) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> service.get("/config").body().contains(part));
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
