package io.podlab.probe.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.SettableClock;
import io.podlab.probe.answer.FixedConfig;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.answer.Uptime;
import io.podlab.probe.schedule.Schedule;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeFilesTest {
  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Uptime uptime = new Uptime(new SettableClock(), System::nanoTime);
  private Probes probes;

  @BeforeEach
  void begin() {
    uptime.begin();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private ProbeFiles start(Path where) {
    FixedConfig config = new FixedConfig().withFiles(where);
    probes = new Probes(config, uptime);
    return new ProbeFiles(probes, config, uptime, vertx);
  }

  private void begin(ProbeType type, String schedule) {
    probes.get(type).begin(Schedule.parse(schedule), 0);
  }

  @Test
  void existWhileTheirProbesAreOk() {
    // When
    start(folder);

    // Then
    await()
        .until(
            () ->
                Files.exists(folder.resolve("healthy"))
                    && Files.exists(folder.resolve("ready"))
                    && Files.exists(folder.resolve("started")));
  }

  @Test
  void followTheirOwnProbe() {
    // Given
    start(folder);
    await().until(() -> Files.exists(folder.resolve("ready")));

    for (String unwell : List.of("fail", "hang", "drop")) {
      // When
      begin(ProbeType.READINESS, unwell);

      // Then
      await().until(() -> Files.notExists(folder.resolve("ready")));
      assertThat(folder.resolve("healthy")).exists();
      begin(ProbeType.READINESS, "ok");
      await().until(() -> Files.exists(folder.resolve("ready")));
    }
  }

  @Test
  void matchTheStateAfterManyChanges() {
    // Given
    start(folder);

    // When
    for (int i = 0; i < 500; i++) {
      begin(ProbeType.LIVENESS, i % 2 == 0 ? "fail" : "ok");
    }
    begin(ProbeType.READINESS, "fail");

    // Then
    await().until(() -> Files.notExists(folder.resolve("ready")));
    await().until(() -> Files.exists(folder.resolve("healthy")));
  }

  @Test
  void areRemovedAfterAKilledProcess() throws IOException {
    // Given
    Files.createFile(folder.resolve("healthy"));
    FixedConfig config = new FixedConfig().withFiles(folder).withLiveness("fail:10m,ok");
    probes = new Probes(config, uptime);

    // When
    new ProbeFiles(probes, config, uptime, vertx);

    // Then
    await().until(() -> Files.notExists(folder.resolve("healthy")));
  }

  @Test
  void areRemovedOnShutdown() {
    // Given
    ProbeFiles files = start(folder);
    await().until(() -> Files.exists(folder.resolve("started")));

    // When
    files.remove(new ShutdownEvent());

    // Then
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void logOneWarningIfTheDirectoryIsNotWritable() throws IOException {
    // Given
    List<String> warnings = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            warnings.add(entry.getMessage());
          }

          @Override
          public void flush() {
            // No buffer.
          }

          @Override
          public void close() {
            // No resources.
          }
        };
    Logger log = Logger.getLogger(ProbeFiles.class.getName());
    log.addHandler(handler);
    Path noFolder = Files.createFile(folder.resolve("a-file")).resolve("below");

    // When
    try {
      ProbeFiles files = start(noFolder);
      await().until(() -> !files.areWritten());
      begin(ProbeType.LIVENESS, "fail");
      begin(ProbeType.LIVENESS, "ok");
      begin(ProbeType.READINESS, "fail");
      files.remove(new ShutdownEvent());
    } finally {
      log.removeHandler(handler);
    }

    // Then
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("LAB_PROBE_FILES")
        .doesNotContain("Exception");
  }
}
