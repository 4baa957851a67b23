package io.podlab.demo.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.demo.signal.SignalToService;
import io.podlab.demo.start.PackagedService;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReloadIT {
  @Test
  void goesOnAfterSighupAndSaysSo() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of())) {
      // When
      SignalToService.send("HUP");

      // Then
      await().until(() -> service.output().contains("SIGHUP: reloaded, generation 2"));
      assertThat(service.get("/lifecycle").body()).contains("generation 2\n");
      assertThat(service.get("/").statusCode()).isEqualTo(200);
    }
  }
}
