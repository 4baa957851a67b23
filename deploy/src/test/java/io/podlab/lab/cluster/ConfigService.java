package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client for configmap-service. */
record ConfigService(String root) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  int readiness() throws Exception {
    return send(request("/q/health/ready").build()).statusCode();
  }

  JsonNode config() throws Exception {
    return get("/config");
  }

  String greeting() throws Exception {
    return config().path("data").path("greeting").asText();
  }

  /** The column of a source. */
  JsonNode source(String name) throws Exception {
    for (JsonNode source : get("/sources").path("sources")) {
      if (source.path("source").asText().equals(name)) {
        return source;
      }
    }
    throw new AssertionError("there is no source " + name);
  }

  /** A value in a source; empty if it has none. */
  String value(String source, String key) throws Exception {
    for (JsonNode row : get("/sources").path("keys")) {
      if (row.path("key").asText().equals(key)) {
        return row.path("values").path(source).path("value").asText();
      }
    }
    return "";
  }

  /** From the histogram of the lag of this source: {@code count}, or {@code sum} in seconds. */
  double lag(String source, String what) throws Exception {
    Matcher line =
        Pattern.compile(
                "lab_config_reload_lag_seconds_%s\\{source=\"%s\"[^}]*} (\\S+)"
                    .formatted(what, source))
            .matcher(answer(HttpRequest.newBuilder(URI.create(root + "/metrics")).build()));
    assertThat(line.find()).isTrue();
    return Double.parseDouble(line.group(1));
  }

  JsonNode check(String candidate) throws Exception {
    return JSON.readTree(
        answer(request("/config/check").POST(BodyPublishers.ofString(candidate)).build()));
  }

  JsonNode rollBack(String revision) throws Exception {
    return JSON.readTree(
        answer(request("/config/rollback/" + revision).POST(BodyPublishers.noBody()).build()));
  }

  private JsonNode get(String path) throws Exception {
    return JSON.readTree(answer(request(path).build()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(root + path))
        .timeout(Duration.ofSeconds(10))
        .header("Accept", "application/json");
  }

  private static String answer(HttpRequest request) throws Exception {
    HttpResponse<String> response = send(request);
    assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
    return response.body();
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
