package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.project.Project;
import io.podlab.lab.record.RecordFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(60)
class PlayCommandTest {
  @TempDir Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakeKubectl kubectl;

  @BeforeEach
  void twoLessonsAndACluster() throws Exception {
    kubectl = new FakeKubectl(root.resolve("bin"));
    new LessonFolder(root.resolve("lessons"), "01-first");
    new LessonFolder(root.resolve("lessons"), "02-second")
        .with("needs.sh", "echo not here; exit 1\n");
  }

  private int lab(String... arguments) {
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    PlayCommand command =
        new PlayCommand(
            console,
            () -> new Project(root, "9.9"),
            kubectl.program().toString(),
            new RecordFile(root.resolve("state/record.jsonl")));
    return new CommandLine(command)
        .setExecutionExceptionHandler(
            (exception, line, parsed) -> {
              console.say(String.valueOf(exception.getMessage()));
              return exception instanceof Failure failure ? failure.exitCode() : 99;
            })
        .setParameterExceptionHandler(
            (exception, line) -> {
              console.say(exception.getMessage());
              return 2;
            })
        .execute(arguments);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void listsTheLessonsWithoutACluster() throws Exception {
    // When
    int exitCode = lab();

    // Then
    assertThat(exitCode).isZero();
    assertThat(printed()).containsPattern("first +Title +1 +Kubernetes 1.20, probe-target");
    assertThat(kubectl.calls()).isEmpty();
  }

  @Test
  void theListShowsTheLastResultsOnThisCluster() throws Exception {
    // Given
    lab("--all", "--no-moments");
    out.reset();
    err.reset();

    // When
    lab();

    // Then
    assertThat(printed())
        .containsPattern("first +Title +1 +passed \\d{4}-\\d\\d-\\d\\d +Kubernetes")
        .containsPattern("second +Title +1 +skipped \\d{4}-\\d\\d-\\d\\d +Kubernetes");
    assertThat(said()).contains("LAST RESULT is for context course at https://192.0.2.1");

    // When
    out.reset();
    kubectl.identity("echo '{\"metadata\": {\"uid\": \"uid-2\"}}'");
    err.reset();
    lab();

    // Then
    assertThat(printed()).contains("first ").doesNotContain("RESULT");
    assertThat(said()).contains("no lesson was played on context course at");
  }

  @Test
  void aClusterThatDoesNotAnswerDoesNotDelayTheList() throws Exception {
    // Given
    lab("first", "--no-moments");
    out.reset();
    kubectl.identity("sleep 60");

    // When
    Instant begin = Instant.now();
    lab();

    // Then
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
    assertThat(printed()).contains("first ").doesNotContain("RESULT");
    assertThat(said()).contains("the cluster did not answer within 2 seconds");
  }

  @Test
  void aCopyOfALessonElsewhereIsNotRecorded() throws Exception {
    // Given
    new LessonFolder(root.resolve("mine"), "01-first")
        .with("verify.sh", "echo 1..1; echo not ok 1");

    // When
    lab("first", "--no-moments");
    lab(root.resolve("mine/01-first").toString(), "--no-moments");
    out.reset();
    lab();

    // Then
    assertThat(printed()).containsPattern("first .* passed ");
  }

  @Test
  void writesAReportInTheOrderOfTheLessons() throws Exception {
    // Given
    Path report = root.resolve("report.html");
    Files.writeString(report, "an older one");

    // When
    lab("second", "first", "--no-moments", "--report", report.toString());

    // Then
    assertThat(report)
        .content()
        .containsSubsequence("<h2>Title <code>second<", "not here", "<h2>Title <code>first<")
        .containsSubsequence("it is so", "as seen", "No picture: there was no board")
        .contains("context course at https://192.0.2.1:6443", "v1.20.2", "9.9")
        .doesNotContain("older");
    assertThat(said()).contains("lab: the report is " + report);
  }

  @Test
  void aReportThatCannotBeWrittenIsFoundBeforeThePlay() throws Exception {
    // When
    int exitCode = lab("first", "--report", root.resolve("none/report.html").toString());

    // Then
    assertThat(exitCode).isEqualTo(Failure.FAILED);
    assertThat(said()).contains("cannot write the report ", "no such file or directory");
    assertThat(kubectl.calls()).noneMatch(call -> call.startsWith("create"));
  }

  @Test
  void saysWhichClusterItUsesAndEndsWithATable() {
    // When
    int exitCode = lab("--all", "--no-moments");

    // Then
    assertThat(said())
        .contains(
            "playing on context course at https://192.0.2.1:6443",
            "namespaces of other plays: old-abcde; ");
    assertThat(printed())
        .containsPattern(
            "LESSON +RESULT +SECONDS +REASON\nfirst +passed +\\d+\nsecond +skipped +\\d+ +not here\n");
    assertThat(exitCode).isZero();
  }

  @Test
  void oneThatIsSkippedIsNoSuccess() {
    // When
    int exitCode = lab("second", "--no-moments");

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(said()).contains("the lesson was skipped");
  }

  @Test
  void anUnknownLessonIsFoundBeforeTheClusterIsAsked() throws Exception {
    // When
    int exitCode = lab("irst");

    // Then
    assertThat(exitCode).isEqualTo(Failure.MISSING);
    assertThat(said()).contains("did you mean first?");
    assertThat(kubectl.calls()).isEmpty();
  }

  @Test
  void aRefusedNamespaceEndsTheWholeRun() throws Exception {
    // Given
    kubectl.refuseNamespaces("Error from server (Forbidden): namespaces is forbidden");

    // When
    int exitCode = lab("--all", "--no-moments");

    // Then
    assertThat(exitCode).isEqualTo(Failure.MISSING);
    List<String> created = new ArrayList<>(kubectl.calls());
    created.removeIf(call -> !call.startsWith("create"));
    assertThat(created).hasSize(1);
  }

  @Test
  void whatWasPlayedBeforeIsInTheTable() throws Exception {
    // Given
    new LessonFolder(root.resolve("lessons"), "02-second")
        .with(
            "needs.sh", "echo '(Forbidden)' >'" + root + "/bin/refusal'; echo not here; exit 1\n");
    new LessonFolder(root.resolve("lessons"), "03-third");

    // When
    int exitCode = lab("--all", "--no-moments");

    // Then
    assertThat(exitCode).isEqualTo(Failure.MISSING);
    assertThat(printed())
        .containsPattern("\nfirst +passed +\\d+\nsecond +skipped +\\d+ +not here\n$");
    assertThat(said()).contains("no permission to create a namespace");
  }

  @Test
  void commandsToTypeNameTheContext() {
    // When
    lab("--all", "--no-moments", "--context", "course");

    // Then
    assertThat(said()).contains("`kubectl delete namespace old-abcde --context course`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --all first               | --all cannot be used with the name of a lesson
          --all --parallel 0        | --parallel is invalid: '0' is out of range; use 1 to 16
          --all --parallel 17       | --parallel is invalid: '17' is out of range; use 1 to 16
          --all --parallel 2 --step | --step and --board play one lesson at a time
          --report x.html           | --report needs lessons; name some, or use --all
          first --board --no-moments | --board cannot be used with --no-moments
          first --tag a/b           | --tag is invalid: 'a/b' is not a tag
          first --language fr       | --language is invalid: 'fr' is not a language of first; use en
          """)
  void refusesWhatCannotBe(String arguments, String words) throws Exception {
    // When
    int exitCode = lab(arguments.split(" "));

    // Then
    assertThat(exitCode).isEqualTo(Failure.USAGE);
    assertThat(said()).contains(words);
    assertThat(kubectl.calls()).isEmpty();
  }
}
