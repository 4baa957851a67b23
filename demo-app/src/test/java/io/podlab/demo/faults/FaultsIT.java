package io.podlab.demo.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsIT {
  private static final Map<String, String> ALLOWED = Map.of("LAB_DEMO_FAULTS", "true");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final long MEBIBYTE = 1024;

  @ParameterizedTest
  @ValueSource(ints = {0, 42})
  void endTheProcessWithTheCodeAfterTheAnswer(int code) throws Exception {
    try (PackagedService service = PackagedService.start(ALLOWED)) {
      // When
      String answer = service.post("/faults/exit?code=" + code, "text/plain", "").body();

      // Then
      assertThat(answer).isEqualTo("exiting with code " + code + "\n");
      assertThat(service.exitCode(Duration.ofSeconds(5))).isEqualTo(code);
    }
  }

  @Test
  void takeMemoryForRealAndGiveItBack() throws Exception {
    try (PackagedService service = PackagedService.start(ALLOWED)) {
      // Given
      long before = residentKibibytes(service);

      // When
      assertThat(service.post("/faults/allocate?size=300Mi", "text/plain", "").statusCode())
          .isEqualTo(200);

      // Then
      await().until(() -> residentKibibytes(service) > before + 290 * MEBIBYTE);
      delete(service.uri("/faults/allocate"));
      await().until(() -> residentKibibytes(service) < before + 150 * MEBIBYTE);
    }
  }

  private static void delete(URI uri) throws IOException, InterruptedException {
    HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).DELETE().build(), BodyHandlers.discarding());
  }

  private static long residentKibibytes(PackagedService service) throws IOException {
    Path status = Path.of("/proc", Long.toString(service.pid()), "status");
    Matcher resident = RESIDENT.matcher(Files.readString(status));
    assertThat(resident.find()).isTrue();
    return Long.parseLong(resident.group(1));
  }
}
