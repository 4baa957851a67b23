package io.podlab.kit.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Tests methods and {@code Accept} headers: each path of the OpenAPI document, and each path that
 * Quarkus adds, with every method and every header of the tables below. Each service inherits these
 * tests.
 */
public abstract class AnswersContract {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CHOSEN");

  private static final List<String> QUARKUS_PATHS =
      List.of(
          "/metrics",
          "/q/health",
          "/q/health/live",
          "/q/health/ready",
          "/q/health/started",
          "/q/health/well",
          "/q/health/group",
          "/q/openapi",
          "/q/openapi.json",
          "/q/openapi.yaml",
          "/q/openapi.yml");

  /** The Accept headers of one request each; none of them requests a stream. */
  private static final List<List<String>> HEADERS =
      List.of(
          List.of(),
          List.of("Accept: */*"),
          List.of("Accept:"),
          List.of("Accept: text/plain"),
          List.of("Accept: text/*"),
          List.of("Accept: application/json"),
          List.of("Accept: application/xml"),
          List.of("Accept: image/png"),
          List.of("Accept: text/html,application/xhtml+xml,*/*;q=0.8"),
          List.of("Accept: garbage"),
          List.of("Accept: image/png, text/event-stream;q=0"),
          List.of("Accept: application/json, text/event-stream;q=0.1"),
          List.of("Accept: image/png", "Accept: application/json"),
          List.of("Accept: */*", "Accept: application/json"));

  /** One header of each kind, for methods that every path rejects. */
  private static final List<List<String>> SOME_HEADERS =
      List.of(
          List.of(),
          List.of("Accept: application/json"),
          List.of("Accept: image/png"),
          List.of("Accept: text/event-stream"));

  private static final List<String> FOLLOWING =
      List.of("?follow", "?follow=1", "?follow=true", "?x=1&follow", "?follow&x=1");

  /** Formats for a path with a stream: these requests do not start it. */
  private static final List<String> NOT_FOLLOWING =
      List.of(
          "%s/",
          "/%s",
          "%s?follow=false",
          "%s?follow=False",
          "%s?follow=0",
          "%s?follow=no",
          "%s?follow=",
          "%s?follows",
          "%s?unfollow");

  /** Accept headers that request a stream. */
  private static final List<String> STREAMING =
      List.of(
          "text/event-stream", "text/event-stream, text/plain;q=0.5", "text/event-stream;q=0.1");

  /** Enough for paths with text and JSON, because they share one implementation. */
  private static final List<List<String>> FEW_HEADERS =
      List.of(List.of(), List.of("Accept: application/json"), List.of("Accept: image/png"));

  /** Cached for all tests. */
  private static JsonPath document;

  private static final Map<String, Set<String>> ALLOWED = new HashMap<>();
  private Map<String, Set<String>> documented;

  /** A value for each parameter of a path, such as {@code id}. */
  protected Map<String, String> parameters() {
    return Map.of();
  }

  /** Paths that ignore the Accept header: probes, hooks, statuses. */
  protected Set<String> withoutChoice() {
    return Set.of();
  }

  /** Paths whose GET has a side effect; the tests use HEAD only. */
  protected Set<String> withEffects() {
    return Set.of();
  }

  /** More than one template can match: /faults/hang also matches /faults/{name}. */
  @Test
  void optionsListsTheMethodsOfTheDocument() throws IOException {
    Map<String, Set<String>> documented = documented();
    List<String> wrong = new ArrayList<>();
    for (String path : paths()) {
      Set<String> possible = new TreeSet<>();
      documented.entrySet().stream()
          .filter(one -> path.matches(one.getKey().replaceAll("\\{\\w+}", ".+")))
          .map(Map.Entry::getValue)
          .forEach(possible::addAll);
      Set<String> listed = allowed(path);
      if (!listed.containsAll(documented.get(template(path))) || !possible.containsAll(listed)) {
        wrong.add("%s: %s".formatted(path, listed));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void optionsOfAnUnknownPathIsNotFound() throws IOException {
    assertThat(send("OPTIONS", "/nowhere", List.of()).status()).isEqualTo(404);
  }

  @Test
  void rejectsOtherMethodsAndListsTheAllowedOnes() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String path : paths()) {
      Set<String> allowed = allowed(path);
      String allow = String.join(", ", allowed);
      for (String method : METHODS) {
        // The service checks the method before the headers; every path rejects CHOSEN.
        List<List<String>> some = method.equals("CHOSEN") ? SOME_HEADERS : List.of(List.of());
        for (List<String> headers : some) {
          if (!allowed.contains(method)) {
            RawAnswer answer = send(method, path, headers);
            if (answer.status() != 405
                || !answer.header("Allow").orElse("").equals(allow)
                || !method.equals("HEAD") && !answer.body().contains(allow)) {
              wrong.add("%s %s %s: %s".formatted(method, path, headers, answer));
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void acceptsTheMethodsThatItLists() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String path : paths()) {
      for (String method : allowed(path)) {
        if (!withEffects().contains(path) || method.equals("HEAD")) {
          RawAnswer answer = send(method, path, List.of("Content-Length: 0"));
          if (answer.status() == 405 || answer.status() == 501) {
            wrong.add("%s %s: %s".formatted(method, path, answer));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void answersHeadAsGetWithoutABody() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String path : readable()) {
      boolean streams = types(path).contains("text/event-stream");
      for (String query : streams ? List.of("", "?follow", "?follow=false") : List.of("")) {
        for (List<String> headers : hasOffer(path) ? headersAndStreams() : FEW_HEADERS) {
          RawAnswer get = send("GET", path + query, headers);
          RawAnswer head = send("HEAD", path + query, headers);
          if (get.status() != head.status()
              || !get.header("Content-Type").equals(head.header("Content-Type"))
              || !get.header("Location").equals(head.header("Location"))
              || !head.body().isEmpty()) {
            wrong.add("%s%s %s: GET %s, HEAD %s".formatted(path, query, headers, get, head));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void streamsOnlyOnRequest() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String path : readable()) {
      List<String> types = types(path);
      boolean always = types.equals(List.of("text/event-stream"));
      for (List<String> headers : hasOffer(path) ? HEADERS : FEW_HEADERS) {
        if (!always && send("GET", path, headers).isStream()) {
          wrong.add("a stream: %s %s".formatted(path, headers));
        }
      }
      if (types.contains("text/event-stream")) {
        for (String spelled : NOT_FOLLOWING) {
          for (List<String> headers : FEW_HEADERS) {
            if (!always && send("GET", spelled.formatted(path), headers).isStream()) {
              wrong.add("a stream: %s %s".formatted(spelled.formatted(path), headers));
            }
          }
        }
        for (String accept : STREAMING) {
          if (!send("GET", path, List.of("Accept: " + accept)).isStream()) {
            wrong.add("no stream: %s %s".formatted(path, accept));
          }
        }
        for (String query : FOLLOWING) {
          if (!always && !send("GET", path + query, List.of()).isStream()) {
            wrong.add("no stream: %s%s".formatted(path, query));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void ignoresTheAcceptHeaderForProbesHooksAndStatuses() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String path : withoutChoice()) {
      String method =
          withEffects().contains(path) ? "HEAD" : allowed(path).contains("GET") ? "GET" : "POST";
      int usual = send(method, path, List.of()).status();
      for (List<String> headers : headersAndStreams()) {
        int status = send(method, path, headers).status();
        if (status != usual) {
          wrong.add("%s %s: got %d, expected %d".formatted(path, headers, status, usual));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<List<String>> headersAndStreams() {
    List<List<String>> all = new ArrayList<>(HEADERS);
    STREAMING.forEach(accept -> all.add(List.of("Accept: " + accept)));
    return all;
  }

  private List<String> readable() throws IOException {
    List<String> readable = new ArrayList<>();
    for (String path : paths()) {
      if (allowed(path).contains("GET") && !withEffects().contains(path)) {
        readable.add(path);
      }
    }
    return readable;
  }

  /** The methods that OPTIONS lists. */
  private static Set<String> allowed(String path) throws IOException {
    Set<String> allowed = ALLOWED.get(path);
    if (allowed == null) {
      RawAnswer answer = send("OPTIONS", path, List.of("Accept: image/png"));
      assertThat(answer.status()).as("OPTIONS " + path).isEqualTo(204);
      allowed = new TreeSet<>(List.of(answer.header("Allow").orElse("").split(", ")));
      ALLOWED.put(path, allowed);
    }
    return allowed;
  }

  /** The methods of each path of the document, including HEAD and OPTIONS. */
  private Map<String, Set<String>> documented() {
    if (documented == null) {
      documented = readDocumented();
    }
    return documented;
  }

  private static Map<String, Set<String>> readDocumented() {
    Map<String, Set<String>> all = new LinkedHashMap<>();
    Map<String, Map<String, Object>> paths = document().getMap("paths");
    paths.forEach(
        (path, operations) -> {
          Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
          operations.keySet().stream()
              .map(method -> method.toUpperCase(Locale.ROOT))
              .filter(METHODS::contains)
              .forEach(methods::add);
          if (methods.contains("GET")) {
            methods.add("HEAD");
          }
          all.put(path, methods);
        });
    QUARKUS_PATHS.forEach(path -> all.put(path, Set.of("GET", "HEAD", "OPTIONS")));
    return all;
  }

  private List<String> paths() {
    return documented().keySet().stream().map(this::filled).toList();
  }

  private String template(String path) {
    return documented().keySet().stream()
        .filter(template -> filled(template).equals(path))
        .findFirst()
        .orElseThrow();
  }

  private String filled(String path) {
    String filled = path;
    for (Map.Entry<String, String> parameter : parameters().entrySet()) {
      filled = filled.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    assertThat(filled).as("parameters() has a value for each parameter").doesNotContain("{");
    return filled;
  }

  /** Whether the path has representations other than text and JSON. */
  private boolean hasOffer(String path) {
    return withoutChoice().contains(path)
        || !Set.of("text/plain", "application/json").containsAll(types(path));
  }

  /** The media types of the answer to GET. */
  private List<String> types(String path) {
    Map<String, Map<String, Map<String, Map<String, Map<String, Map<String, Object>>>>>> paths =
        document().getMap("paths");
    return paths.entrySet().stream()
        .filter(one -> filled(one.getKey()).equals(path))
        .map(one -> one.getValue().get("get").get("responses"))
        .filter(responses -> responses.containsKey("200"))
        .map(responses -> responses.get("200").get("content"))
        .filter(content -> content != null)
        .flatMap(content -> content.keySet().stream())
        .map(String::valueOf)
        .toList();
  }

  private static JsonPath document() {
    if (document == null) {
      document = given().queryParam("format", "json").get("/q/openapi").jsonPath();
    }
    return document;
  }

  private static RawAnswer send(String method, String target, List<String> headers)
      throws IOException {
    return RawAnswer.of(method, target, headers.toArray(String[]::new));
  }
}
