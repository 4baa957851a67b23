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

/** An HTTP client of a probe-target pod. Uses the pod IP and no Service. */
record ProbeTarget(String address) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  static ProbeTarget in(RealCluster cluster, String pod) throws Exception {
    return new ProbeTarget(cluster.podIp(pod));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address + ":8080" + path))
        .timeout(Duration.ofSeconds(5));
  }

  private static String answer(HttpRequest request) throws Exception {
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
    return response.body();
  }

  /** The recorded probes, the latest last. */
  JsonNode history(String probe) throws Exception {
    HttpRequest request =
        request("/probes/" + probe + "/history").header("Accept", "application/json").build();
    return JSON.readTree(answer(request)).path("seen");
  }

  String historyAsText(String probe) throws Exception {
    return answer(request("/probes/" + probe + "/history").build());
  }

  /** What {@code curl -X PUT -d schedule} does. */
  void order(String probe, String schedule) throws Exception {
    answer(request("/probes/" + probe).PUT(BodyPublishers.ofString(schedule)).build());
  }
}
