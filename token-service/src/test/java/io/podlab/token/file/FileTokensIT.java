package io.podlab.token.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import io.podlab.token.Admin;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All tests share one service; its stored tokens do not affect the next test. */
class FileTokensIT {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path temporary;
  private static Path state;
  private static PackagedService service;
  private static String firstMetrics;

  @BeforeAll
  static void start() throws Exception {
    state = temporary.resolve("state");
    service = Admin.start(state, Map.of("LAB_TOKEN_MAX_CREATES", "4"));
    firstMetrics = service.get("/metrics").body();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** Retries while the rate limit of the tests before applies. */
  private static String create(String fields) {
    return await()
        .atMost(PATIENCE)
        .until(() -> service.post("/tokens", FORM, fields), answer -> answer.statusCode() == 201)
        .body()
        .strip();
  }

  private static boolean isStored(String token) throws IOException {
    return Files.readString(state.resolve("tokens.jsonl")).contains(token.substring(0, 6));
  }

  @Test
  void exportsItsMetricsBeforeTheFirstRequest() {
    assertThat(firstMetrics)
        .contains("lab_tokens{", "lab_token_operations_total{", "lab_token_auth_total{");
  }

  @Test
  void removesAnExpiredToken() throws Exception {
    // Given
    String token = create("ttl=2s");

    // When, Then
    String line = "removed expired token " + token.substring(0, 6);
    await().atMost(PATIENCE).until(() -> service.output().contains(line));
    assertThat(isStored(token)).isFalse();
    assertThat(service.get("/tokens").body()).doesNotContain(token);
  }

  @Test
  void recoversWhenItsDirectoryIsRestored() throws Exception {
    // Given
    String token = create("ttl=2h");
    Files.move(state, temporary.resolve("elsewhere"));

    // When
    HttpResponse<String> without =
        await()
            .atMost(PATIENCE)
            .until(
                () -> service.post("/tokens", FORM, "ttl=2h"),
                answer -> answer.statusCode() != 429);
    int ready = service.get("/q/health/ready").statusCode();
    HttpResponse<String> list = service.get("/tokens");
    Files.move(temporary.resolve("elsewhere"), state);
    await().atMost(PATIENCE).until(() -> service.get("/q/health/ready").statusCode() == 200);
    String again = create("ttl=2h");

    // Then
    assertThat(without.statusCode()).isEqualTo(503);
    assertThat(without.headers().firstValue("Retry-After")).isPresent();
    assertThat(without.body())
        .startsWith("503 Service Unavailable: cannot store tokens on disk now");
    assertThat(ready).isEqualTo(503);
    assertThat(list.body()).contains(token);
    assertThat(isStored(again)).isTrue();
  }

  @Test
  void limitsTheCreatesPerSecond() throws Exception {
    // When
    HttpResponse<String> answer;
    do {
      answer = service.post("/tokens", FORM, "ttl=1h");
    } while (answer.statusCode() == 201);

    // Then
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void refusesASecondProcess() {
    // When
    try (PackagedService second =
        PackagedService.launch(Map.of("LAB_TOKEN_DIR", state.toString()))) {

      // Then
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.errors())
          .singleElement()
          .asString()
          .startsWith("cannot start: another process uses " + state)
          .contains("LAB_TOKEN_DIR");
    }
  }
}
