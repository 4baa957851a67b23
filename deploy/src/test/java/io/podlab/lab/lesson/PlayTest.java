package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.process.Command;
import io.podlab.lab.record.Outcome;
import io.podlab.lab.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plays on a fake cluster: checks the order of the commands and the output. */
@Timeout(60)
class PlayTest {
  @TempDir Path temporary;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8),
          false);
  private FakeKubectl kubectl;
  private LessonFolder folder;
  private boolean check;
  private boolean keep;
  private Optional<Prompt> step = Optional.empty();
  private Consumer<PlayedLesson> whenEnded = played -> {};
  private Optional<String> context = Optional.empty();
  private ImageNames images = new ImageNames(Optional.empty(), Optional.empty());
  private KubernetesVersion version = new KubernetesVersion(1, 20);

  @BeforeEach
  void aLessonAndACluster() throws Exception {
    kubectl = new FakeKubectl(temporary.resolve("bin"));
    folder = new LessonFolder(temporary.resolve("lessons"), "20-sample");
  }

  private static PlaySettings settings(
      FakeKubectl kubectl,
      KubernetesVersion version,
      ImageNames images,
      boolean check,
      boolean keep,
      Optional<Prompt> step,
      Optional<String> context,
      Consumer<PlayedLesson> whenEnded) {
    return new PlaySettings(
        new Shell(new StopRequest()),
        kubectl.program().toString(),
        context,
        "kind: Config",
        Optional.of(version),
        "1.0.0",
        images,
        new ImageCheck(),
        Lesson.ENGLISH,
        check,
        keep,
        Optional.empty(),
        step,
        Optional.empty(),
        false,
        whenEnded);
  }

  private Result play() throws Exception {
    PlaySettings settings =
        settings(kubectl, version, images, check, keep, step, context, whenEnded);
    return new Play(settings, folder.lesson(), console).run(() -> {});
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void showsTextCommandsOutputPromisesAndTheVerdict() throws Exception {
    // When
    Result result = play();

    // Then
    assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(printed())
        .matches(
            "(?s)Title \\(sample\\)\n\nA sentence\\.\n\n\\$ echo one\none\n\\$ echo"
                + " \"\\$NAMESPACE\"\nsample-[a-z]{5}\n\n\u2713 promise 1: it is so \\(as"
                + " seen\\)\n\nsample passed in \\d+ s: 1 promise holds\n");
  }

  @Test
  void createsTriesTheImagePlaysAndRemoves() throws Exception {
    // Given
    folder.with("cleanup.sh", "echo cleanup >>'" + temporary.resolve("bin/calls") + "'\n");

    // When
    play();

    // Then
    List<String> calls =
        kubectl.calls().stream()
            .map(call -> call.replaceAll("sample-[a-z]{5}", "NS").replaceAll("/\\S+json", "FILE"))
            .toList();
    assertThat(calls)
        .containsSubsequence(
            "create -f FILE",
            "config set-context --current --namespace=NS",
            "create -f FILE --dry-run=server",
            "create -f FILE",
            "get pod podlab-image-probe-target --ignore-not-found -o json",
            "delete pod podlab-image-probe-target --grace-period=1 --timeout=30s"
                + " --ignore-not-found",
            "cleanup",
            "delete pods --all -n NS --grace-period=1 --wait=false --ignore-not-found",
            "delete namespace NS --wait=false --ignore-not-found",
            "delete clusterroles,clusterrolebindings,certificatesigningrequests -l"
                + " podlab.io/lesson=NS --wait=false --ignore-not-found",
            "delete roles,rolebindings,secrets,configmaps -n kube-system -l podlab.io/lesson=NS"
                + " --wait=false --ignore-not-found",
            "delete roles,rolebindings,secrets,configmaps -n kube-public -l podlab.io/lesson=NS"
                + " --wait=false --ignore-not-found",
            "wait --for=delete namespace/NS --timeout=300s");
  }

  @Test
  void theRecordIsWrittenWithoutAnInterrupt() throws Exception {
    // Given: a play that ends before it waits for anything.
    folder.with("lesson.md", "# Title\n");
    List<Boolean> interrupted = new ArrayList<>();
    whenEnded = played -> interrupted.add(Thread.currentThread().isInterrupted());

    // When
    Thread.currentThread().interrupt();
    play();

    // Then
    assertThat(interrupted).containsExactly(false);
  }

  @Test
  void aFullDiskLosesNothingOfTheReport() throws Exception {
    // Given
    LessonFolder second = new LessonFolder(temporary.resolve("lessons"), "21-second");
    Path page = temporary.resolve("report.html");
    Report empty =
        new Report("course", "v1.20.2", "1.0.0", Instant.EPOCH, Lesson.ENGLISH, List.of());
    ReportFile report =
        new ReportFile(page, empty, List.of(folder.lesson(), second.lesson()), console);
    Result result = Result.failed("second", Duration.ZERO, "why");
    report.add(new PlayedLesson(folder.lesson(), "One", result, List.of(), Optional.empty()));
    Files.createSymbolicLink(temporary.resolve("report.html.part"), Path.of("/dev/full"));

    // When
    report.add(new PlayedLesson(second.lesson(), "Two", result, List.of(), Optional.empty()));

    // Then
    assertThat(said()).startsWith("lab: cannot write the report ").contains("No space left");
    assertThat(page).content().contains("<h2>One");
    assertThat(temporary).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aCommandThatFailsFailsTheLessonAndThePlayGoesOn() throws Exception {
    // Given
    folder.typing("```sh\nfalse\necho after\n```");

    // When
    Result result = play();

    // Then
    assertThat(result.line()).contains("sample failed in ", ": `false` failed with exit code 1");
    assertThat(printed()).contains("\nafter\n", "\u2713 promise 1");
  }

  @Test
  void aWatchIsEndedByTheLinesOfTheText() throws Exception {
    // Given
    folder.typing("```sh\necho a; echo web 1; sleep 60 # --watch\n```\n\n```console\nweb 1\n```");

    // When
    Result result = play();

    // Then
    assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(result.time()).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aWatchMayFollowAnotherCommandInItsBlock() throws Exception {
    // Given
    folder.typing(
        "```sh\necho created\necho web 1; sleep 60 # --watch\n```\n\n```console\ncreated\nweb 1\n```");

    // When
    Result result = play();

    // Then
    assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(result.time()).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aWatchThatEndsWithoutTheLinesFailsTheLesson() throws Exception {
    // Given
    folder.typing("```sh\necho a # --watch\n```\n\n```console\nweb 1\n```");

    // When
    Result result = play();

    // Then
    assertThat(result.why())
        .isEqualTo("`echo a # --watch` ended and did not print this line: web 1");
  }

  @Test
  void anotherOutputIsAFailureOnlyWhenChecked() throws Exception {
    // Given
    folder.typing("```sh\necho one\n```\n\n```console\ntwo\n```");

    // When
    Result unchecked = play();
    check = true;
    folder.with(
        "verify.sh", "echo 1..1; [ -f played ] && echo ok 1 || echo not ok 1; touch played\n");
    Result checked = play();

    // Then
    assertThat(unchecked.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(checked.why())
        .isEqualTo("the output of `echo one` differs from the lesson: expected `two`, got `one`");
  }

  @Test
  void promisesThatHoldBeforehandAreAFailureWhenChecked() throws Exception {
    // Given
    check = true;

    // When
    Result result = play();

    // Then
    assertThat(result.why()).contains("verify.sh", "before the lesson is played");
  }

  @Test
  void aClusterThatIsTooOldSkipsItAndMakesNothing() throws Exception {
    // Given
    version = new KubernetesVersion(1, 19);

    // When
    Result result = play();

    // Then
    assertThat(result.line())
        .isEqualTo("sample skipped: needs Kubernetes 1.20 or newer; the cluster runs 1.19");
    assertThat(kubectl.calls()).isEmpty();
  }

  @Test
  void aMissingImageSkipsItAndNoCommandRuns() throws Exception {
    // Given
    kubectl.imagePod(FakeKubectl.WITHOUT_IMAGE);
    images = new ImageNames(Optional.of("r.example"), Optional.of("9"));

    // When
    Result result = play();

    // Then
    assertThat(result.line())
        .startsWith("sample skipped: image r.example/podlab/probe-target:9 is not on ");
    assertThat(printed()).doesNotContain("$ ");
    assertThat(kubectl.calls()).last().asString().startsWith("wait --for=delete");
  }

  @Test
  void whatNeedsShStartsHasItsImage() throws Exception {
    // Given
    kubectl.imagePod(FakeKubectl.WITHOUT_IMAGE);
    folder.with("needs.sh", "echo no pod starts; exit 1\n");

    // When
    Result result = play();

    // Then
    assertThat(result.why()).startsWith("image podlab/probe-target:1.0.0 is not on ");
  }

  @Test
  void whatNeedsShSaysSkipsIt() throws Exception {
    // Given
    folder.with("needs.sh", "echo openssl is missing; exit 1\n");

    // When
    Result result = play();

    // Then
    assertThat(result.line()).isEqualTo("sample skipped: openssl is missing");
  }

  @Test
  void withoutTheRightToCreateNamespacesNoLessonCanBePlayed() throws Exception {
    // Given
    kubectl.refuseNamespaces(
        "Error from server (Forbidden): namespaces is forbidden: User \"eve\" cannot create");
    folder.with("cleanup.sh", "echo nothing to clean up\n");

    // When
    Failure failure = catchThrowableOfType(Failure.class, this::play);

    // Then
    assertThat(failure).hasMessageContaining("no permission to create a namespace", "User \"eve\"");
    assertThat(failure.exitCode()).isEqualTo(Failure.MISSING);
    assertThat(said()).isEmpty();
    assertThat(kubectl.calls()).last().asString().startsWith("create -f");
  }

  @Test
  void aKeptNamespaceIsNotDeletedAndItIsSaidHow() throws Exception {
    // Given
    keep = true;
    context = Optional.of("course");

    // When
    play();

    // Then
    assertThat(kubectl.calls()).noneMatch(call -> call.startsWith("delete namespace"));
    assertThat(said())
        .containsPattern(
            "namespace sample-[a-z]{5} is kept; .*"
                + "`kubectl delete namespace sample-[a-z]{5} --context course`");
  }

  @Test
  void stepsWithEnterAndSaysWhenNobodyCanPressIt() throws Exception {
    // Given
    folder.typing("```sh\necho one\n```\n\nText.\n\n```sh\necho two\n```");
    step = Optional.of(new Prompt(console, PromptTest.typing("\n")));

    // When
    Failure failure = catchThrowableOfType(Failure.class, this::play);

    // Then
    assertThat(printed()).contains("\none\n").doesNotContain("\ntwo\n");
    assertThat(failure).hasMessageContaining("standard input has ended");
    assertThat(kubectl.calls()).last().asString().startsWith("wait --for=delete");
  }

  @Test
  void imagesFromElsewhereAreNamedInManifestsAndCommands() throws Exception {
    // Given
    folder.typing("```sh\ncat pod.yaml\necho podlab/demo-app:1.0.0\n```");
    images = new ImageNames(Optional.of("r.example"), Optional.of("9"));

    // When
    play();

    // Then
    assertThat(printed())
        .contains("\nimage: r.example/podlab/probe-target:9\n", "\nr.example/podlab/demo-app:9\n");
  }

  @Test
  void withoutLessonShBesideItItSaysSo() throws Exception {
    // Given
    Files.delete(temporary.resolve("lessons/lesson.sh"));

    // When
    Failure failure = catchThrowableOfType(Failure.class, this::play);

    // Then
    assertThat(failure).hasMessageStartingWith("lesson.sh is missing beside ");
    assertThat(kubectl.calls()).isEmpty();
  }

  @Test
  void aCleanupThatFailsIsTold() throws Exception {
    // Given
    folder.with("cleanup.sh", "echo cannot; exit 3\n");

    // When
    Result result = play();

    // Then
    assertThat(said()).contains("cleanup.sh: cannot\n", "cleanup.sh failed: exit code 3\n");
    assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(kubectl.calls()).last().asString().startsWith("wait --for=delete");
  }

  @Test
  void whatCannotBeDeletedOutsideIsTold() throws Exception {
    // Given
    kubectl.refuseOutside(
        "Error from server (Forbidden): eve cannot list roles\nError from server: etcd is down\n");

    // When
    play();

    // Then
    assertThat(said())
        .containsPattern("cannot delete .* podlab.io/lesson=sample-[a-z]{5}: .*etcd is down")
        .doesNotContain("eve");
  }

  @Test
  void aNamespaceThatCannotBeDeletedIsToldAtOnce() throws Exception {
    // Given
    kubectl.refuseDeletion("Error from server (Forbidden): eve cannot delete namespaces");

    // When
    play();

    // Then
    assertThat(said())
        .containsPattern("namespace sample-[a-z]{5} cannot be deleted: .*eve cannot delete");
    assertThat(kubectl.calls()).noneMatch(call -> call.startsWith("wait"));
  }

  @Test
  void whatCannotBePlayedIsAFailureOfThatLesson() throws Exception {
    // Given
    folder.with("lesson.md", "# Title\n");

    // When
    Result result = play();

    // Then
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.why()).startsWith("lesson.md: the front matter is missing");
    assertThat(kubectl.calls()).isEmpty();
  }

  /** A player in its own process, so that a test can send it a signal. */
  static final class Foreground {
    private Foreground() {}

    public static void main(String[] arguments) throws Exception {
      Path temporary = Path.of(arguments[0]);
      new Player(
              new Console(System.out, System.err, false),
              settings(
                  new FakeKubectl(temporary.resolve("bin")),
                  new KubernetesVersion(1, 20),
                  new ImageNames(Optional.empty(), Optional.empty()),
                  false,
                  false,
                  Optional.empty(),
                  Optional.empty(),
                  played -> {}),
              1,
              () -> temporary)
          .play(List.of(Lesson.in(temporary.resolve("lessons/20-sample"))));
    }
  }

  @Test
  void aSignalEndsTheCommandAndCleansUp() throws Exception {
    // Given
    folder.typing("```sh\necho begun; sh -c 'echo $$; sleep 271.8; :'\n```");
    Process foreground = foreground();
    Path output = temporary.resolve("output");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.readString(output).matches("(?s).*\nbegun\n\\d+\n.*"));
    long sleeper =
        Long.parseLong(Files.readString(output).replaceFirst("(?s).*\nbegun\n(\\d+)\n.*", "$1"));

    // When
    foreground.destroy();

    // Then
    assertThat(foreground.waitFor()).isEqualTo(143);
    await()
        .until(
            () ->
                Command.of("ps", "-o", "stat=", "-p", Long.toString(sleeper))
                    .run()
                    .out()
                    .lines()
                    .allMatch(state -> state.startsWith("Z")));
    assertThat(kubectl.calls()).last().asString().startsWith("wait --for=delete");
    assertThat(output).content().contains("stopping and cleaning up");
    assertThat(temporary.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void anErrorLeavesNoKubeconfig() throws Exception {
    // Given
    kubectl.refuseNamespaces("Error from server (Forbidden): namespaces is forbidden");

    // When
    int exitCode = foreground().waitFor();

    // Then
    assertThat(exitCode).isZero();
    assertThat(kubectl.calls()).isNotEmpty();
    assertThat(temporary.resolve("tmp")).isEmptyDirectory();
  }

  private Process foreground() throws Exception {
    return Command.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + Files.createDirectory(temporary.resolve("tmp")),
            "-cp",
            System.getProperty("java.class.path"),
            Foreground.class.getName(),
            temporary.toString())
        .builder()
        .redirectErrorStream(true)
        .redirectOutput(temporary.resolve("output").toFile())
        .start();
  }
}
