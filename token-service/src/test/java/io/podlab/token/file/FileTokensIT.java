package io.podlab.token.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.token.Admin;
import io.podlab.token.start.PackagedService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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

  private PackagedService start() {
    return Admin.start(state);
  }
}
