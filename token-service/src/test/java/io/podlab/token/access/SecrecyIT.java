package io.podlab.token.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.kit.testing.PackagedService;
import io.podlab.token.Admin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Token secrets and the admin token appear only in the responses that should contain them. */
class SecrecyIT {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";
  private static final String SECRET = "q7w8e9r0t1y2u3i4";

  @TempDir Path state;

  @Test
  void noSecretIsInLogMetricsHealthOrErrors() throws Exception {
    // Given
    List<String> said = new ArrayList<>();
    try (PackagedService service = Admin.start(state)) {
      String admin = Admin.bearer(state).substring("Bearer ".length());
      assertThat(service.post("/tokens", FORM, "token=abcdef." + SECRET).statusCode())
          .isEqualTo(201);

      // When: the token exists, has a typo, is a field name, is in the path, is invalid JSON
      said.add(service.post("/tokens", FORM, "token=abcdef." + SECRET).body());
      said.add(service.post("/tokens", FORM, "token=ABCDEF." + SECRET).body());
      said.add(service.post("/tokens", FORM, "abcdef." + SECRET + "=x").body());
      said.add(service.post("/tokens", JSON, "{\"token\": \"abcdef." + SECRET + "\"").body());
      said.add(service.post("/tokens", JSON, "{\"abcdef." + SECRET + "\": \"x\"}").body());
      said.add(service.post("/ca/hash", "text/plain", "abcdef." + SECRET).body());
      said.add(service.get("/tokens/ghijkl." + SECRET).body());
      said.add(service.get("/tokens/ghijkl." + SECRET + "/join-command").body());
      said.add(service.get("/tokens/ghijkl." + SECRET + "/discovery-file").body());
      said.add(service.get("/tokens/abcdef/join-command?apiVersion=abcdef." + SECRET).body());
      said.add(service.send("PATCH", "/tokens/ghijkl." + SECRET, FORM, "ttl=2h").body());
      said.add(service.send("PATCH", "/tokens/abcdef", FORM, "ttl=" + SECRET).body());
      said.add(service.send("PATCH", "/tokens/abcdef", FORM, "abcdef." + SECRET + "=x").body());
      said.add(service.send("DELETE", "/tokens?status=abcdef." + SECRET, FORM, "").body());
      service.get("/tokens");
      service.get("/tokens/abcdef." + SECRET + "/join-command");
      service.get("/tokens/abcdef." + SECRET + "/discovery-file");
      for (String path : List.of("/metrics", "/q/health", "/q/openapi", "/cluster-info")) {
        said.add(service.get(path).body());
      }
      service.withHeader("Authorization", "Bearer " + admin + "x");
      said.add(service.get("/tokens").body());
      service.terminate();
      service.exitCode();
      String log = service.output() + service.errors();
      said.add(log);

      // Then
      assertThat(log).contains("create of token abcdef by \"admin\": created");
      assertThat(said).hasSize(20).noneMatch(text -> text.contains(admin));
      assertThat(said.stream().filter(text -> text.contains(SECRET)).toList()).isEmpty();
    }
  }
}
