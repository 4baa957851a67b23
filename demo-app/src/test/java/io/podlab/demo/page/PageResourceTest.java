package io.podlab.demo.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PageResourceTest {
  private static final String DATA = "data:";

  @TestHTTPResource("page/events")
  URL events;

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "*/*", "application/json"})
  void tellsTheWholeAgainAndAgain(String accept) throws Exception {
    // When
    HttpResponse<Stream<String>> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(events.toString()))
                    .header("Accept", accept)
                    .build(),
                BodyHandlers.ofLines());

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    try (Stream<String> lines = answer.body()) {
      List<JsonObject> snapshots =
          lines
              .filter(line -> line.startsWith(DATA))
              .limit(2)
              .map(line -> new JsonObject(line.substring(DATA.length())))
              .toList();
      assertThat(snapshots)
          .hasSize(2)
          .allSatisfy(
              snapshot ->
                  assertThat(snapshot.fieldNames())
                      .containsExactlyInAnyOrder(
                          "pod", "lifecycle", "healthz", "readyz", "lastRequests"));
    }
  }
}
