package io.podlab.lab.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.process.Command;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Debian's Prometheus with Podlab's configuration, except for the targets' ports and the times. */
final class Prometheus implements AutoCloseable {
  private static final Path SOURCE =
      RunningServices.ROOT.resolve("deploy/monitoring/prometheus").toAbsolutePath();

  private final HttpClient http;
  private final Process process;
  private final int port;

  private Prometheus(HttpClient http, Process process, int port) {
    this.http = http;
    this.process = process;
    this.port = port;
  }

  /**
   * Five times as fast as on a laptop: it scrapes and evaluates each second, and the rules' ranges
   * are a fifth. It alerts after one second.
   */
  static Prometheus start(Path folder, RunningServices services) throws IOException {
    Path copy = Files.createDirectories(folder.resolve("prometheus"));
    String config = Files.readString(SOURCE.resolve("laptop.yml")).replace(": 5s", ": 1s");
    for (Service service : Service.values()) {
      String target = "127.0.0.1:" + service.localPort();
      assertThat(config).contains(target);
      config =
          config.replace(
              "      - targets: [\"" + target + "\"]\n",
              targets("127.0.0.1:" + services.port(service), service));
    }
    Files.writeString(copy.resolve("laptop.yml"), config);
    Path rules = Files.createDirectories(copy.resolve("rules"));
    Files.writeString(
        rules.resolve("podlab.yml"),
        Files.readString(SOURCE.resolve("rules/podlab.yml"))
            .replaceAll("(?m)^( +for:) \\w+$", "$1 1s")
            .replace("[1m]", "[12s]")
            .replace("[30s]", "[6s]"));
    int port = RunningServices.freePort();
    Process process =
        Command.of(
                "prometheus",
                "--config.file=" + copy.resolve("laptop.yml"),
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port)
            .builder()
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    Prometheus prometheus =
        new Prometheus(
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), process, port);
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> prometheus.send("/-/ready").statusCode() == 200);
      return prometheus;
    } catch (Throwable failure) {
      prometheus.close();
      throw failure;
    }
  }

  /** The target as on a laptop, and again with the labels of a cluster. */
  private static String targets(String target, Service service) {
    return """
        - targets: ["%1$s"]
        - targets: ["%1$s"]
          labels: {namespace: podlab, pod: %2$s-0}
        """
        .formatted(target, service.title())
        .indent(6);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  private HttpResponse<String> send(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(uri() + path)).timeout(Duration.ofSeconds(10)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode api(String path) throws Exception {
    HttpResponse<String> answer = send("/api/v1/" + path);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body()).path("data");
  }

  /** The result of a query; fails the test if the query is invalid. */
  List<JsonNode> query(String query) throws Exception {
    List<JsonNode> result = new ArrayList<>();
    api("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
        .path("result")
        .forEach(result::add);
    return result;
  }

  /** The names of the firing alerts. */
  Set<String> firing() throws Exception {
    Set<String> names = new TreeSet<>();
    for (JsonNode alert : api("alerts").path("alerts")) {
      if (alert.path("state").asText().equals("firing")) {
        names.add(alert.at("/labels/alertname").asText());
      }
    }
    return names;
  }

  /** The annotations of the alerts with this name. */
  List<String> annotations(String name) throws Exception {
    List<String> texts = new ArrayList<>();
    for (JsonNode alert : api("alerts").path("alerts")) {
      if (alert.at("/labels/alertname").asText().equals(name)) {
        alert.path("annotations").forEach(text -> texts.add(text.asText()));
      }
    }
    return texts;
  }

  /** The names of all alerting rules. */
  Set<String> alerts() throws Exception {
    Set<String> names = new TreeSet<>();
    for (JsonNode group : api("rules?type=alert").path("groups")) {
      group.path("rules").forEach(rule -> names.add(rule.path("name").asText()));
    }
    return names;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
