package io.podlab.demo.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.demo.start.PackagedService;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessLogIT {
  @Test
  void logsALineARequestButNoneForProbesAndScrapes() throws Exception {
    try (PackagedService service = PackagedService.start(Map.of())) {
      // When
      service.get("/?first");
      service.get("/metrics");
      service.get("/q/health/ready");
      service.get("/?last");

      // Then
      await().until(() -> service.output().contains("GET /?last"));
      assertThat(service.output().lines().filter(line -> line.contains("[access-log]")))
          .satisfiesExactly(
              line -> assertThat(line).contains("\"GET /?first HTTP/1.1\" 200"),
              line -> assertThat(line).contains("\"GET /?last HTTP/1.1\" 200"));
    }
  }
}
