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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** An HTTP client of a demo-app pod. Uses the pod IP and no Service. */
record DemoApp(String address) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Waits until it answers. */
  static DemoApp in(RealCluster cluster, String pod) {
    return RealCluster.await()
        .until(
            () -> {
              DemoApp app = new DemoApp(cluster.podIp(pod));
              app.get("/readyz");
              return app;
            },
            Objects::nonNull);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address + ":8080" + path))
        .timeout(Duration.ofSeconds(15));
  }

  private static String answer(HttpRequest request) throws Exception {
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
    return response.body();
  }

  String get(String path) throws Exception {
    return answer(request(path).build());
  }

  JsonNode json(String path) throws Exception {
    return JSON.readTree(answer(request(path).header("Accept", "application/json").build()));
  }

  String post(String path) throws Exception {
    return answer(request(path).POST(BodyPublishers.noBody()).build());
  }

  void delete(String path) throws Exception {
    answer(request(path).DELETE().build());
  }

  CompletableFuture<String> inBackground(String path) {
    return HTTP.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(HttpResponse::body);
  }

  /** The value of a metric that has no labels. */
  double metric(String name) throws Exception {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
