package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Plays all lessons on a real cluster with {@code lab play}. The program in {@code
 * LAB_API_SERVER_ONLY}, if set, runs the command so that it can reach only the API server.
 */
@Tag("cluster")
@Isolated("the lessons use both processors")
class LessonsIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path LESSONS = ROOT.resolve("lessons");
  private static final String PARALLEL = "5";

  /** What a test cluster may lack: a newer Kubernetes, two additions to a cluster, and kubeadm. */
  private static final Pattern EXPECTED_SKIP =
      Pattern.compile(
          "\\S+ skipped: needs Kubernetes"
              + "|hpa skipped: no metrics API"
              + "|network-policy skipped: NetworkPolicies are not enforced"
              + "|node-join skipped: kubeadm is not on the PATH");

  /** The folder with the output of the plays. */
  @TempDir Path state;

  private Command lab(List<String> words) {
    List<String> all = new ArrayList<>();
    String isolated = System.getenv("LAB_API_SERVER_ONLY");
    if (isolated != null) {
      all.add(isolated);
    }
    all.addAll(List.of(ROOT.resolve("deploy/lab").toString(), "play", "--parallel", PARALLEL));
    all.addAll(words);
    return Command.of(all).withEnvironment("XDG_STATE_HOME", state.toString());
  }

  /** Promises fail before a lesson and hold after it, and the output matches the text. */
  @Test
  @Timeout(value = 25, unit = TimeUnit.MINUTES)
  void hold() throws Exception {
    // When
    Command.Result play = lab(List.of("--all", "--check")).run(System.out::println);

    // Then
    assertNothingIsLeft();
    assertThat(play.exitCode()).as("%s%n%s", play.out(), play.err()).isZero();
    assertThat(play.out().lines().filter(line -> line.contains(" skipped: ")))
        .allMatch(line -> EXPECTED_SKIP.matcher(line).lookingAt());
  }

  /** Checks the namespaces of this run, and the objects outside them. */
  private void assertNothingIsLeft() throws Exception {
    List<String> namespaces = new ArrayList<>();
    try (Stream<Path> files = Files.walk(state)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        Pattern.compile("playing in namespace (\\S+)")
            .matcher(Files.readString(log))
            .results()
            .forEach(match -> namespaces.add(match.group(1)));
      }
    }
    assertThat(namespaces).isNotEmpty();
    String label = LessonCluster.LABEL + " in (" + String.join(",", namespaces) + ")";
    assertThat(kubectl("get", "namespaces", "-o", "name").lines())
        .doesNotContainAnyElementsOf(namespaces.stream().map(name -> "namespace/" + name).toList());
    assertThat(
            kubectl(
                "get",
                "clusterroles,clusterrolebindings,certificatesigningrequests",
                "-l",
                label,
                "-o",
                "name"))
        .isEmpty();
    assertThat(
            kubectl(
                "get", "roles,rolebindings,secrets,configmaps", "-A", "-l", label, "-o", "name"))
        .isEmpty();
    assertThat(
            kubectl(
                    "get",
                    "secrets",
                    "-n",
                    "kube-system",
                    "--field-selector=type=bootstrap.kubernetes.io/token",
                    "-o",
                    "go-template={{range .items}}{{with .data.description}}{{base64decode .}}{{end}}{{\"\\n\"}}{{end}}")
                .lines())
        .doesNotContainAnyElementsOf(
            namespaces.stream().map(name -> "podlab lesson " + name).toList());
  }

  private static String kubectl(String... words) throws InterruptedException {
    Command.Result result = Command.of("kubectl").with(words).run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  /** With one error in the manifests of a lesson, only the promise about it fails. */
  @Test
  @Timeout(value = 25, unit = TimeUnit.MINUTES)
  void noticeWhatTheyTeachIsMissing(@TempDir Path copy) throws Exception {
    // Given
    Map<String, String> broken = new TreeMap<>();
    Map<String, List<String>> plans = new TreeMap<>();
    List<String> folders = new ArrayList<>();
    for (Lesson lesson : Catalog.of(LESSONS).lessons()) {
      Path folder = copy.resolve(lesson.folder().getFileName());
      copy(lesson.folder(), folder);
      broken.put(lesson.name(), sabotage(lesson, folder));
      plans.put(lesson.name(), plan(lesson));
      folders.add(folder.toString());
    }
    Files.copy(LESSONS.resolve("lesson.sh"), copy.resolve("lesson.sh"));
    // The longest lessons are among the last, so they start first and run in parallel.
    Collections.reverse(folders);

    // When
    Command.Result play = lab(folders).run(System.out::println);

    // Then
    Map<String, String> sections = sections(play.out());
    SoftAssertions.assertSoftly(
        softly ->
            broken.forEach(
                (lesson, promise) -> {
                  if (play.out()
                      .lines()
                      .filter(line -> line.startsWith(lesson + " skipped: "))
                      .noneMatch(line -> EXPECTED_SKIP.matcher(line).lookingAt())) {
                    softly
                        .assertThat(promises("✗", sections.getOrDefault(lesson, "")))
                        .as("what breaks in %s%n%s", lesson, sections.get(lesson))
                        .containsExactly(promise);
                    softly
                        .assertThat(promises("[✗✓-]", sections.getOrDefault(lesson, "")))
                        .as("what is stated in %s", lesson)
                        .containsExactlyElementsOf(plans.get(lesson));
                  }
                }));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** The number of the promise that sabotage.sh breaks, from its output. */
  private static String sabotage(Lesson lesson, Path folder) throws InterruptedException {
    Command.Result sabotage =
        Command.of(lesson.folder().resolve("sabotage.sh").toString(), folder.toString()).run();
    assertThat(sabotage.exitCode()).as(sabotage.err()).isZero();
    Matcher promise = Pattern.compile("promise (\\d+): .+\n").matcher(sabotage.out());
    assertThat(promise.matches()).as(sabotage.out()).isTrue();
    return promise.group(1);
  }

  /** The numbers of the promises that verify.sh announces. */
  private static List<String> plan(Lesson lesson) throws IOException {
    Matcher plan =
        Pattern.compile("^plan (\\d+)$", Pattern.MULTILINE)
            .matcher(Files.readString(lesson.folder().resolve("verify.sh")));
    assertThat(plan.find()).as(lesson.name()).isTrue();
    return IntStream.rangeClosed(1, Integer.parseInt(plan.group(1)))
        .mapToObj(Integer::toString)
        .toList();
  }

  /** The output of each lesson that failed, up to that of the next. Some commands print "----". */
  private static Map<String, String> sections(String out) {
    Matcher section =
        Pattern.compile(
                "^---- (\\S+) failed; .*\n([\\s\\S]*?)(?=^---- \\S+ failed; |\\z)",
                Pattern.MULTILINE)
            .matcher(out);
    Map<String, String> sections = new TreeMap<>();
    while (section.find()) {
      sections.put(section.group(1), section.group(2));
    }
    return Collections.unmodifiableMap(sections);
  }

  private static List<String> promises(String mark, String section) {
    return Pattern.compile("^" + mark + " promise (\\d+):", Pattern.MULTILINE)
        .matcher(section)
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
