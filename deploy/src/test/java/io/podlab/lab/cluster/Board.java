package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A client of a board. */
record Board(String address) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A moment in JSON. */
  record Moment(JsonNode json) {
    String kind() {
      return json.path("kind").asText();
    }

    String lane() {
      return json.path("lane").asText();
    }

    String object() {
      return json.path("object").asText();
    }

    String state() {
      return json.path("state").asText();
    }

    String text() {
      return json.path("text").asText();
    }

    String container() {
      return json.path("container").asText();
    }

    String endpoint() {
      return json.path("endpoint").asText();
    }

    boolean ofProgram() {
      return json.path("source").asText().equals("program");
    }

    Instant seen() {
      return Instant.parse(json.path("seen").asText());
    }

    /** The time of the API in whole seconds, or of the program; otherwise when the board saw it. */
    Instant happened() {
      return json.has("apiTime") ? Instant.parse(json.path("apiTime").asText()) : seen();
    }

    @Override
    public String toString() {
      return "%s %s %s: %s".formatted(happened(), object(), kind(), text());
    }
  }

  HttpResponse<String> get(String path, String accept) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(10))
            .header("Accept", accept)
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String found(String path, String accept) throws Exception {
    HttpResponse<String> response = get(path, accept);
    assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
    return response.body();
  }

  JsonNode recording() throws Exception {
    return JSON.readTree(found("/recording.json", "application/json"));
  }

  String picture(String last) throws Exception {
    return found("/picture.svg?last=" + last, "image/svg+xml");
  }

  /** Whether its health check says that it watches this namespace. */
  boolean isWatching(String namespace) throws Exception {
    JsonNode health = JSON.readTree(get("/q/health/ready", "application/json").body());
    return health.path("checks").findValuesAsText("namespace " + namespace).contains("watched");
  }

  int readiness() throws Exception {
    return get("/q/health/ready", "application/json").statusCode();
  }

  List<JsonNode> lanes(String object) throws Exception {
    List<JsonNode> lanes = new ArrayList<>();
    for (JsonNode lane : recording().path("lanes")) {
      if ((lane.path("kind").asText() + "/" + lane.path("name").asText()).equals(object)) {
        lanes.add(lane);
      }
    }
    return lanes;
  }

  /** In order. */
  List<Moment> moments(Predicate<Moment> wanted) throws Exception {
    List<Moment> moments = new ArrayList<>();
    for (JsonNode json : recording().path("moments")) {
      Moment moment = new Moment(json);
      if (wanted.test(moment)) {
        moments.add(moment);
      }
    }
    return moments;
  }

  List<Moment> momentsOf(String object) throws Exception {
    return moments(moment -> moment.object().equals(object));
  }
}
