package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.cluster.Kubectl;
import io.podlab.lab.console.Console;
import io.podlab.lab.record.Outcome;
import io.podlab.lab.record.RecordFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PlayRecordTest {
  private static final Result FAILED = Result.failed("first", Duration.ofSeconds(3), "why");

  @TempDir Path root;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakeKubectl kubectl;
  private Path file;
  private PlayRecord record;

  @BeforeEach
  void aCluster() throws Exception {
    kubectl = new FakeKubectl(root.resolve("bin"));
    file = root.resolve("state/record.jsonl");
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    record =
        new PlayRecord(
            new RecordFile(file),
            new ClusterIdentity(
                new Kubectl(kubectl.program().toString(), null), new Shell(new StopRequest())),
            new Console(stream, stream, false));
  }

  @Test
  void keepsTheLastPlayWhichASkipIsNot() throws Exception {
    // Given
    Result passed =
        Result.of(
            "first",
            Duration.ZERO,
            List.of(),
            new Verification(Outcome.PASSED, List.of(), List.of()));

    // When
    record.ofRun().accept(FAILED);
    record.ofRun().accept(passed);
    record.ofRun().accept(Result.skipped("first", Duration.ZERO, "why"));
    record.ofRun().accept(Result.skipped("second", Duration.ZERO, "why"));

    // Then
    Map<String, String> last = record.lastResults().ofLessons();
    assertThat(last.get("first")).matches("passed \\d{4}-\\d\\d-\\d\\d");
    assertThat(last.get("second")).startsWith("skipped ");
    assertThat(Files.readAllLines(file))
        .hasSize(4)
        .first()
        .asString()
        .contains("\"cluster\":\"uid-1\"");
  }

  @Test
  void anAccountThatMayNotReadKubeSystemIsRecordedForItsServer() throws Exception {
    // Given
    kubectl.identity("echo 'Error from server (Forbidden): namespaces is forbidden' >&2; exit 1");

    // When
    record.ofRun().accept(FAILED);

    // Then
    assertThat(Files.readString(file)).containsPattern("\"cluster\":\"server-[0-9a-f]{64}\"");
    assertThat(record.lastResults().ofLessons()).containsOnlyKeys("first");
  }

  @Test
  void withoutAnIdentityNothingIsRecordedAndItIsSaid() throws Exception {
    // Given
    kubectl.identity("echo 'no route to host' >&2; exit 1");

    // When
    record.ofRun().accept(FAILED);

    // Then
    assertThat(file).doesNotExist();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("lab: the results are not recorded");
  }

  @Test
  void aDamagedLineIsAWarningAndTheOthersCount() throws Exception {
    // Given
    record.ofRun().accept(FAILED);
    Files.write(file, new byte[] {'{', (byte) 0xff}, StandardOpenOption.APPEND);
    record.ofRun().accept(Result.failed("second", Duration.ZERO, "why"));

    // Then
    assertThat(record.lastResults().ofLessons()).containsOnlyKeys("first", "second");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "lab: 1 line of the record "
                + file
                + " cannot be read; the first is line 2; delete it to remove this warning\n");
  }

  @Test
  void aRecordThatCannotBeWrittenStopsNothing() throws Exception {
    // Given
    Files.createDirectories(file);

    // When
    record.ofRun().accept(FAILED);

    // Then
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("lab: cannot write the record ");
    assertThat(record.lastResults().ofLessons()).isEmpty();
  }

  @Test
  void withoutResultsTheClusterIsNotAsked() throws Exception {
    assertThat(record.lastResults().ofLessons()).isEmpty();
    assertThat(kubectl.calls()).isEqualTo(List.of());
  }
}
