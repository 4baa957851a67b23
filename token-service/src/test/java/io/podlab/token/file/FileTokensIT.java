package io.podlab.token.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import io.podlab.token.Admin;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTokensIT {
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir Path state;

  @Test
  void keepsATokenThoughTheProcessIsKilledRightAfterTheAnswer() throws Exception {
    // Given
    HttpResponse<String> made;
    try (PackagedService before = start()) {
      made = before.post("/tokens", FORM, "ttl=2h");
      before.kill();
    }

    // When
    try (PackagedService after = start()) {
      HttpResponse<String> tokens = after.get("/tokens");

      // Then
      assertThat(made.statusCode()).isEqualTo(201);
      assertThat(tokens.body()).contains(made.body().strip());
    }
  }

  @Test
  void keepsItsCaThoughTheProcessIsKilled() throws Exception {
    // Given
    String hash;
    try (PackagedService before = start()) {
      hash = before.get("/ca/hash").body();
      before.kill();
    }

    // When
    try (PackagedService after = start()) {

      // Then
      assertThat(after.get("/ca/hash").body()).isEqualTo(hash);
    }
  }

  @Test
  void neverLogsASecret() throws Exception {
    // Given
    try (PackagedService service = start()) {

      // When
      service.post("/tokens", FORM, "token=abcdef.0123456789abcdef");
      service.post("/tokens", FORM, "token=abcdef.0123456789abcdef");
      service.post("/tokens", FORM, "token=ABCDEF.0123456789abcdef");
      service.get("/tokens");
      service.terminate();
      service.exitCode();

      // Then
      assertThat(service.output() + service.errors())
          .contains("create of token abcdef by \"admin\": created")
          .doesNotContain("0123456789abcdef");
    }
  }

  @Test
  void hasItsMetricsBeforeTheFirstRequest() throws Exception {
    // Given
    try (PackagedService service = start()) {

      // When
      String metrics = service.get("/metrics").body();

      // Then
      assertThat(metrics).contains("lab_tokens{", "lab_token_operations_total{");
    }
  }

  @Test
  void removesATokenOnceItHasExpired() throws Exception {
    // Given
    try (PackagedService service = start()) {
      String token = service.post("/tokens", FORM, "ttl=2s").body().strip();

      // When, Then
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Files.readString(state.resolve("tokens.jsonl")).isEmpty());
      assertThat(service.output()).contains("removed token " + token.substring(0, 6));
      assertThat(service.get("/tokens").body()).isEmpty();
    }
  }

  @Test
  void comesBackByItselfWhenItsDirectoryDoes() throws Exception {
    // Given
    Path own = state.resolve("own");
    try (PackagedService service = Admin.start(own)) {
      String token = service.post("/tokens", FORM, "ttl=2h").body().strip();
      Files.move(own, state.resolve("elsewhere"));

      // When
      HttpResponse<String> without = service.post("/tokens", FORM, "ttl=2h");
      int ready = service.get("/q/health/ready").statusCode();
      HttpResponse<String> list = service.get("/tokens");
      Files.move(state.resolve("elsewhere"), own);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> service.get("/q/health/ready").statusCode() == 200);
      HttpResponse<String> again = service.post("/tokens", FORM, "ttl=2h");

      // Then
      assertThat(without.statusCode()).isEqualTo(503);
      assertThat(without.headers().firstValue("Retry-After")).isPresent();
      assertThat(without.body())
          .isEqualTo("503 Service Unavailable: tokens cannot be kept on disk now\n");
      assertThat(ready).isEqualTo(503);
      assertThat(list.body()).contains(token);
      assertThat(again.statusCode()).isEqualTo(201);
    }
  }

  @Test
  void refusesMoreThanItMayMakeInASecond() throws Exception {
    // Given
    try (PackagedService service = Admin.start(state, Map.of("LAB_TOKEN_MAX_CREATES", "1"))) {
      // When
      HttpResponse<String> answer;
      do {
        answer = service.post("/tokens", FORM, "ttl=1h");
      } while (answer.statusCode() == 201);

      // Then
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
  }

  private PackagedService start() {
    return Admin.start(state);
  }
}
