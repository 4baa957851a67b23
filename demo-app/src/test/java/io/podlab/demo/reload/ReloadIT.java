package io.podlab.demo.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadIT {

  @Test
  void readsTheMessageAnewAndKeepsItIfThereIsNone(@TempDir Path directory) throws Exception {
    // Given
    Path file = directory.resolve("message");
    Files.writeString(file, "before\n");
    try (PackagedService service =
        PackagedService.start(
            Map.of(
                "LAB_DEMO_MESSAGE",
                "from the variable",
                "LAB_DEMO_MESSAGE_FILE",
                file.toString()))) {
      assertThat(service.get("/").body()).endsWith(", request 1: before\n");

      // When
      Files.writeString(file, "after\n");
      String unasked = service.get("/").body();
      service.signal("HUP");
      await().until(() -> service.output().contains("SIGHUP: reloaded, generation 2"));
      assertThat(service.get("/lifecycle").body()).contains("generation 2\n");

      // Then
      assertThat(unasked).endsWith(": before\n");
      assertThat(service.get("/").body()).endsWith(", request 3: after\n");

      // When
      Files.delete(file);
      service.signal("HUP");
      await().until(() -> service.output().contains("generation 3"));

      // Then
      assertThat(service.get("/whoami/message").body()).isEqualTo("after\n");
      assertThat(service.output())
          .contains(
              "LAB_DEMO_MESSAGE_FILE="
                  + file
                  + ": the file does not exist; the message is unchanged");
    }
  }
}
