package io.podlab.token.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.kit.testing.PackagedService;
import io.podlab.token.Admin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neither the half of a token that is secret nor the admin token gets anywhere it is not asked. */
class SecrecyIT {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";
  private static final String HALF = "q7w8e9r0t1y2u3i4";

  @TempDir Path state;

  @Test
  void noSecretIsInLogMetricsHealthOrErrors() throws Exception {
    // Given
    List<String> said = new ArrayList<>();
    try (PackagedService service = Admin.start(state)) {
      String admin = Admin.bearer(state).substring("Bearer ".length());
      assertThat(service.post("/tokens", FORM, "token=abcdef." + HALF).statusCode()).isEqualTo(201);

      // When: it exists, is mistyped, is sent as a field, is in the path, is no JSON
      said.add(service.post("/tokens", FORM, "token=abcdef." + HALF).body());
      said.add(service.post("/tokens", FORM, "token=ABCDEF." + HALF).body());
      said.add(service.post("/tokens", FORM, "abcdef." + HALF + "=x").body());
      said.add(service.post("/tokens", JSON, "{\"token\": \"abcdef." + HALF + "\"").body());
      said.add(service.post("/tokens", JSON, "{\"abcdef." + HALF + "\": \"x\"}").body());
      said.add(service.post("/ca/hash", "text/plain", "abcdef." + HALF).body());
      said.add(service.get("/tokens/ghijkl." + HALF).body());
      service.get("/tokens");
      for (String path : List.of("/metrics", "/q/health", "/q/openapi", "/cluster-info")) {
        said.add(service.get(path).body());
      }
      service.withHeader("Authorization", "Bearer " + admin + "x");
      said.add(service.get("/tokens").body());
      service.terminate();
      service.exitCode();
      said.add(service.output() + service.errors());

      // Then
      assertThat(said).hasSize(13).noneMatch(text -> text.contains(admin));
      assertThat(said.stream().filter(text -> text.contains(HALF)).toList()).isEmpty();
    }
  }
}
