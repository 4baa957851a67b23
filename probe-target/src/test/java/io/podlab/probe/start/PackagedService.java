package io.podlab.probe.start;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own, on a free port of 127.0.0.1. */
final class PackagedService implements AutoCloseable {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final Path out;
  private final Path err;
  private final Process process;

  private PackagedService(Map<String, String> environment, List<String> arguments)
      throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
    this.out = Files.createTempFile(Path.of("target"), "service", ".out");
    this.err = Files.createTempFile(Path.of("target"), "service", ".err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.environment().put("XDG_STATE_HOME", Files.createTempDirectory("podlab").toString());
    builder.environment().putAll(environment);
    this.process = builder.start();
  }

  static PackagedService starting(Map<String, String> environment, String... arguments)
      throws IOException {
    return new PackagedService(environment, List.of(arguments));
  }

  static PackagedService ready(Map<String, String> environment, String... arguments)
      throws IOException {
    PackagedService service = starting(environment, arguments);
    await().atMost(PATIENCE).until(() -> service.status("/q/health/ready") == 200);
    return service;
  }

  int port() {
    return port;
  }

  /** The status of a GET, or -1 if no answer comes. */
  int status(String path) {
    try {
      return client.send(request(path), BodyHandlers.discarding()).statusCode();
    } catch (IOException noAnswer) {
      return -1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String get(String path) throws Exception {
    return client.send(request(path), BodyHandlers.ofString()).body();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(PATIENCE)
        .build();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running; it printed: " + read(out) + read(err));
    }
    return process.exitValue();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
