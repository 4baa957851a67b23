package io.podlab.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.kit.testing.PackagedService;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentIT {
  @Test
  void isShownAsFarAsItMayBe() throws Exception {
    try (PackagedService service =
        PackagedService.start(
            Map.of(
                "LAB_DEMO_ENV", "GREETING, OTHER",
                "GREETING", "hello",
                "DATABASE_PASSWORD", "secret"))) {
      // Then
      assertThat(service.get("/env").body())
          .isEqualTo("GREETING=hello\nLAB_DEMO_ENV=GREETING, OTHER\n");
    }
  }
}
