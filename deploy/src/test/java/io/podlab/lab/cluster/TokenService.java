package io.podlab.lab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the packaged token-service on this machine with the cluster of the kubeconfig as backend.
 */
final class TokenService implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[0-9.]+:\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final Path output;
  private final List<String> answers = new CopyOnWriteArrayList<>();

  private TokenService(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Returns when the service listens; it may not be ready yet. */
  static TokenService start(Map<String, String> environment) throws IOException {
    Path output = Files.createTempFile(Path.of("target"), "token-service-", ".log");
    ProcessBuilder builder =
        new Project(RealCluster.ROOT, "any")
            .run(Service.TOKEN_SERVICE, 0, "-XX:TieredStopAtLevel=1")
            .withEnvironment("LAB_TOKEN_BACKEND", "kubernetes")
            .withEnvironment(environment)
            .builder()
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    TokenService service = new TokenService(builder.start(), output);
    try {
      RealCluster.await().until(() -> LISTENING.matcher(service.output()).find());
      return service;
    } catch (RuntimeException | Error e) {
      service.close();
      throw e;
    }
  }

  /** The output so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** Headers and bodies of all responses so far, except 2xx. */
  List<String> refusals() {
    return List.copyOf(answers);
  }

  private HttpRequest.Builder request(String path, String bearer) throws IOException {
    Matcher listening = LISTENING.matcher(output());
    if (!listening.find()) {
      throw new IllegalStateException("token-service does not listen yet");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(listening.group(1) + path))
            .timeout(Duration.ofSeconds(30))
            .header("Accept", "*/*");
    return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      answers.add(answer.headers() + answer.body());
    }
    return answer;
  }

  /** Sends a request like curl; without a bearer token if that is null. */
  HttpResponse<String> get(String path, String bearer) throws Exception {
    return send(request(path, bearer));
  }

  JsonNode json(String path, String bearer) throws Exception {
    return JSON.readTree(
        send(request(path, bearer).setHeader("Accept", "application/json")).body());
  }

  HttpResponse<String> yaml(String path, String bearer) throws Exception {
    return send(request(path, bearer).setHeader("Accept", "application/yaml"));
  }

  /** Sends a request like {@code curl -d form}. */
  HttpResponse<String> post(String path, String bearer, String form) throws Exception {
    return send(
        request(path, bearer)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  /** Sends a request like {@code curl -X PATCH -d form}. */
  HttpResponse<String> patch(String path, String bearer, String form) throws Exception {
    return send(
        request(path, bearer)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method("PATCH", BodyPublishers.ofString(form)));
  }

  HttpResponse<String> delete(String path, String bearer) throws Exception {
    return send(request(path, bearer).DELETE());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
