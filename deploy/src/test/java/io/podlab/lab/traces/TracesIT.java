package io.podlab.lab.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The build with traces that README describes: {@code OTEL_…} names a receiver, and a span arrives.
 */
class TracesIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final List<String> MODULES =
      List.of(
          "service-kit-test",
          "service-kit",
          "demo-app",
          "probe-target",
          "token-service",
          "configmap-service",
          "board",
          "deploy");
  private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[0-9.]+:\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir Path folder;

  @Test
  void sendsASpanWhereTheVariablesSay() throws Exception {
    // Given
    copySources();
    assertThat(build()).as(read("build.log")).isZero();
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Process service = start(receiver.endpoint());
      try {
        // When
        HttpResponse<String> answer = ask(address(service).resolve("/echo?traced"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Request-Id")).contains(TRACE);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(receiver.exports())
                        .anySatisfy(
                            export ->
                                assertThat(export)
                                    .contains(
                                        OtlpReceiver.bytes(TRACE),
                                        "GET /echo",
                                        "the-traced-service")));
        assertThat(read("service.log")).contains("\"traceId\":\"" + TRACE + "\"");
      } finally {
        service.destroy();
        service.waitFor(10, TimeUnit.SECONDS);
        service.destroyForcibly();
      }
    }
  }

  /** So that the build does not change the jars of which the images are made. */
  private void copySources() throws IOException {
    copy(Path.of("pom.xml"));
    for (String module : MODULES) {
      copy(Path.of(module, "pom.xml"));
    }
    for (String module : List.of("service-kit-test", "service-kit", "demo-app")) {
      try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
        for (Path source : sources.filter(Files::isRegularFile).toList()) {
          copy(ROOT.relativize(source));
        }
      }
    }
  }

  private void copy(Path file) throws IOException {
    Path copy = folder.resolve(file);
    Files.createDirectories(copy.getParent());
    Files.copy(ROOT.resolve(file), copy);
  }

  private int build() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-q",
                "-ntp",
                "-Dmaven.test.skip",
                "-P",
                "opentelemetry",
                "-am",
                "-pl",
                "demo-app",
                "package")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("build.log").toFile());
    // As in .mvn/jvm.config: in a short build, the second compiler costs more than it saves.
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    Process maven = builder.start();
    if (!maven.waitFor(5, TimeUnit.MINUTES)) {
      maven.destroyForcibly();
    }
    return maven.waitFor();
  }

  private Process start(String endpoint) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                "demo-app/target/quarkus-app/quarkus-run.jar")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("service.log").toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(LAB|QUARKUS|OTEL)_.*|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS"));
    builder
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", "0",
                "LAB_LOG_JSON", "true",
                "OTEL_SERVICE_NAME", "the-traced-service",
                "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint,
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "OTEL_BSP_SCHEDULE_DELAY", "200"));
    return builder.start();
  }

  private URI address(Process service) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(service.isAlive()).as(read("service.log")).isTrue();
              Matcher listening = LISTENING.matcher(read("service.log"));
              return listening.find() ? URI.create(listening.group(1)) : null;
            },
            address -> address != null);
  }

  private static HttpResponse<String> ask(URI uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .build(),
            BodyHandlers.ofString());
  }

  private String read(String file) throws IOException {
    Path path = folder.resolve(file);
    return Files.exists(path) ? Files.readString(path) : "";
  }
}
