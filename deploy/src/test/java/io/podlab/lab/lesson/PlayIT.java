package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.Command.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lab play} on the cluster of the current context, with a test lesson. */
@Tag("cluster")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PlayIT {
  private static final Path LAUNCHER = Path.of("lab").toAbsolutePath();
  private static final Path LESSONS = Path.of("src/test/resources/lesson").toAbsolutePath();

  /** A unique name, because other plays may be running on the cluster. */
  private static final String NAME = "play-test";

  /** A bound against hanging: a kubelet under load needs minutes to remove a pod. */
  private static final Duration SLOW = Duration.ofMinutes(5);

  @TempDir Path temporary;
  private Path lesson;
  private Result played;
  private List<ProcessHandle> started;

  @BeforeEach
  void copyTheLesson() throws IOException {
    lesson = copy(NAME);
    Files.copy(Path.of("../lessons/lesson.sh").toAbsolutePath(), temporary.resolve("lesson.sh"));
  }

  private Path copy(String name) throws IOException {
    Path copy = Files.createDirectory(temporary.resolve("01-" + name));
    try (Stream<Path> files = Files.list(LESSONS.resolve("01-exit-code"))) {
      for (Path file : files.toList()) {
        String text = Files.readString(file).replace("node1 exit-code", "node1 " + name);
        Files.writeString(copy.resolve(file.getFileName().toString()), text);
      }
    }
    return copy;
  }

  private Command lab(String... arguments) {
    return Command.of(LAUNCHER.toString(), "play")
        .with(arguments)
        .withEnvironment("XDG_STATE_HOME", temporary.resolve("state").toString());
  }

  private Result play(String... arguments) throws InterruptedException {
    played = lab(arguments).run();
    return played;
  }

  /** Checks that a play leaves nothing behind. */
  @AfterEach
  void itsNamespacesAreGone() throws InterruptedException {
    List<String> namespaces =
        Pattern.compile("playing in namespace (\\S+)")
            .matcher(played.err())
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    for (String namespace : namespaces) {
      assertThat(kubectl("get", "namespace", namespace, "--ignore-not-found", "-o", "name"))
          .isEmpty();
    }
  }

  private static String kubectl(String... words) throws InterruptedException {
    Result result = Command.of("kubectl").with(words).run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  @Test
  void playsWithMomentsAndChecksWhatTheTextShows() throws Exception {
    // When
    Result result = play(lesson.toString(), "--check");

    // Then
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.err()).contains("playing on context ", "playing in namespace play-test-");
    assertThat(result.out())
        .contains(
            "$ kubectl apply -f pod.yaml\n", "promise 2: its exit code is kept (exit code 3)\n")
        .containsPattern("\n  \\+\\d+\\.\\d s  pod exit-code: created\n")
        .containsPattern("\nplay-test passed in \\d+ s: 2 promises hold\n$");
  }

  /** Compares the output with the lines in README.md. Other lines may come in between. */
  @Test
  void looksAsReadmeShows() throws Exception {
    // Given
    Matcher shown =
        Pattern.compile("```console\n\\$ deploy/lab play (\\S+)\n([\\s\\S]*?)```")
            .matcher(Files.readString(Path.of("../README.md")));
    assertThat(shown.find()).isTrue();
    ConsoleLines.Watching lines =
        new ConsoleLines(
                shown.group(2).lines().toList(),
                new Masks("no-namespace", shown.group(1), List.of()))
            .watching();

    // When
    played = lab(shown.group(1)).run(lines::sees);

    // Then
    assertThat(lines.missing()).as("%s%n%s", played.out(), played.err()).isEmpty();
  }

  @Test
  void exactlyThePromiseThatIsSabotagedFailsWhileAnotherCopyHolds() throws Exception {
    // Given
    Path sabotaged = copy("play-test-broken");
    Result sabotage =
        Command.of("bash", lesson.resolve("sabotage.sh").toString(), sabotaged.toString()).run();
    assertThat(sabotage.out()).startsWith("promise 2: ");

    // When
    Result result =
        play(lesson.toString(), sabotaged.toString(), "--parallel", "2", "--no-moments");

    // Then
    assertThat(result.exitCode()).isEqualTo(Failure.FAILED);
    assertThat(result.out())
        .containsPattern("\nplay-test +passed +\\d+\n")
        .containsPattern(
            "\nplay-test-broken +failed +\\d+ +promise 2: its exit code is kept \\(exit code 4\\)\n")
        .contains("\u2713 promise 1: the Pod has failed");
  }

  /** Sends a signal to the process group, as a terminal does. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ctrlCInTheMiddleCleansUp(boolean moments) throws Exception {
    // Given
    Files.writeString(
        lesson.resolve("lesson.md"),
        Files.readString(lesson.resolve("lesson.md")).replace("0/1   Error", "0/1   Never"));
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    Process process =
        (moments ? lab(lesson.toString()) : lab(lesson.toString(), "--no-moments"))
            .onItsOwn()
            .builder()
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      await()
          .atMost(SLOW)
          .until(
              () ->
                  Files.readString(out).contains("exit-code   0/1     Error")
                      && (!moments || Files.readString(out).contains(" s  pod exit-code: ")));
      started = process.descendants().toList();
      assertThat(started).anyMatch(one -> one.info().commandLine().orElse("").contains("--watch"));
      assertThat(started.stream().filter(PlayIT::isJava)).hasSize(moments ? 1 : 0);

      // When
      assertThat(Command.of("kill", "-s", "INT", "--", "-" + process.pid()).run().exitCode())
          .isZero();

      // Then
      assertThat(process.waitFor(SLOW.toSeconds(), TimeUnit.SECONDS)).isTrue();
      await().atMost(SLOW).until(() -> started.stream().noneMatch(PlayIT::isJava));
    } finally {
      process.destroy();
      played = new Result(process.waitFor(), Files.readString(out), Files.readString(err));
    }
    assertThat(played.exitCode()).isEqualTo(130);
    assertThat(played.err()).contains("stopping and cleaning up");
  }

  /** Whether the process is alive. A zombie is not. */
  private static boolean isJava(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/java");
  }

  @Test
  void aClusterWithoutTheImageSkipsTheLesson() throws Exception {
    // When: no registry listens on that port of the node.
    Result result =
        play(
            lesson.toString(), "--registry", "127.0.0.1:9", "--tag", "no-such-tag", "--no-moments");

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .contains(
            "play-test skipped: image 127.0.0.1:9/podlab/demo-app:no-such-tag is not on the nodes"
                + " and cannot be pulled (");
  }

  @Test
  void anAccountThatMayNotCreateNamespacesIsTold() throws Exception {
    // Given
    Result token =
        Command.of(
                "kubectl",
                "create",
                "--raw",
                "/api/v1/namespaces/default/serviceaccounts/default/token",
                "-f",
                "-")
            .run(
                "{\"apiVersion\": \"authentication.k8s.io/v1\", \"kind\": \"TokenRequest\"}"
                    .getBytes(StandardCharsets.UTF_8),
                line -> {});
    Matcher bearer = Pattern.compile("\"token\":\\s*\"([^\"]+)\"").matcher(token.out());
    assertThat(bearer.find()).as(token.err()).isTrue();
    Path kubeconfig = temporary.resolve("kubeconfig");
    Files.writeString(kubeconfig, kubectl("config", "view", "--minify", "--flatten", "--raw"));
    String file = "--kubeconfig=" + kubeconfig;
    kubectl(file, "config", "set-credentials", "student", "--token=" + bearer.group(1));
    kubectl(file, "config", "set-context", "--current", "--user=student");

    // When
    played =
        lab(lesson.toString(), "--no-moments")
            .withEnvironment("KUBECONFIG", kubeconfig.toString())
            .run();

    // Then
    assertThat(played.exitCode()).as(played.err()).isEqualTo(Failure.MISSING);
    assertThat(played.err())
        .contains("no permission to create a namespace", "serviceaccount:default:default")
        .doesNotContain("cannot be deleted");
    assertThat(kubectl("get", "namespaces", "-l", "podlab.io/lesson=" + NAME, "-o", "name"))
        .isEmpty();
  }

  @Test
  void withoutAClusterItSaysWhatIsMissing() throws Exception {
    // When
    played =
        lab(lesson.toString())
            .withEnvironment("KUBECONFIG", temporary.resolve("none").toString())
            .run();

    // Then
    assertThat(played.exitCode()).isEqualTo(Failure.MISSING);
    assertThat(played.err()).contains("no cluster: kubectl has no current context");
  }
}
