package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  private static final int PARALLEL = 5;

  /** What a test cluster may lack: a newer Kubernetes, two additions to a cluster, and kubeadm. */
  private static final Pattern EXPECTED_SKIP =
      Pattern.compile(
          "\\S+ skipped: needs Kubernetes"
              + "|hpa skipped: no metrics API"
              + "|network-policy skipped: NetworkPolicies are not enforced"
              + "|node-join skipped: kubeadm is not on the PATH");

  /** The folder with the output of the plays. */
  @TempDir Path state;

  private Command.Result play(List<String> words) throws InterruptedException {
    List<String> all = new ArrayList<>();
    String isolated = System.getenv("LAB_API_SERVER_ONLY");
    if (isolated != null) {
      all.add(isolated);
    }
    all.add(ROOT.resolve("deploy/lab").toString());
    all.addAll(List.of("play", "--parallel", Integer.toString(PARALLEL)));
    all.addAll(words);
    return Command.of(all)
        .withEnvironment("XDG_STATE_HOME", state.toString())
        .run(System.out::println);
  }

  /**
   * Plays lessons again, each alone, that did not end as they should beside others. A student plays
   * one lesson; five on two processors can be too slow for their own probes. If more fail, it is
   * not the load.
   */
  private void playAlone(Map<String, List<String>> wrong, Map<String, String> sections)
      throws InterruptedException {
    assertThat(wrong).as("%s", sections).hasSizeLessThanOrEqualTo(PARALLEL);
    for (Map.Entry<String, List<String>> lesson : wrong.entrySet()) {
      System.out.printf(
          "%s did not end as it should beside other lessons; it is played alone%n",
          lesson.getKey());
      sections.remove(lesson.getKey());
      sections.putAll(sections(play(lesson.getValue())));
    }
  }

  /** Promises fail before a lesson and hold after it, and the output matches the text. */
  @Test
  @Timeout(value = 25, unit = TimeUnit.MINUTES)
  void hold() throws Exception {
    // When
    Command.Result play = play(List.of("--all", "--check"));
    Map<String, String> failed = sections(play);
    Map<String, List<String>> wrong = new TreeMap<>();
    failed.keySet().forEach(lesson -> wrong.put(lesson, List.of(lesson, "--check")));
    playAlone(wrong, failed);

    // Then
    assertNothingIsLeft();
    assertThat(failed).isEmpty();
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

  /**
   * The copy of a lesson with one error in its manifests.
   *
   * @param promise the number of the only promise that must fail
   * @param stated the numbers of all its promises
   */
  private record Sabotaged(Path folder, String promise, List<String> stated) {
    boolean isNoticedIn(String section) {
      return promises("✗", section).equals(List.of(promise))
          && promises("[✗✓-]", section).equals(stated);
    }
  }

  /** With one error in the manifests of a lesson, only the promise about it fails. */
  @Test
  @Timeout(value = 25, unit = TimeUnit.MINUTES)
  void noticeWhatTheyTeachIsMissing(@TempDir Path copy) throws Exception {
    // Given
    Map<String, Sabotaged> lessons = new LinkedHashMap<>();
    for (Lesson lesson : Catalog.of(LESSONS).lessons()) {
      Path folder = copy.resolve(lesson.folder().getFileName());
      copy(lesson.folder(), folder);
      lessons.put(lesson.name(), new Sabotaged(folder, sabotage(lesson, folder), plan(lesson)));
    }
    Files.copy(LESSONS.resolve("lesson.sh"), copy.resolve("lesson.sh"));
    // The longest lessons are among the last, so they start first and run in parallel.
    List<String> folders = new ArrayList<>();
    lessons.values().forEach(lesson -> folders.add(0, lesson.folder().toString()));

    // When
    Command.Result play = play(folders);
    play.out()
        .lines()
        .filter(line -> EXPECTED_SKIP.matcher(line).lookingAt())
        .forEach(line -> lessons.remove(line.substring(0, line.indexOf(' '))));
    Map<String, String> sections = sections(play);
    Map<String, List<String>> wrong = new TreeMap<>();
    lessons.forEach(
        (name, lesson) -> {
          if (!lesson.isNoticedIn(sections.getOrDefault(name, ""))) {
            wrong.put(name, List.of(lesson.folder().toString()));
          }
        });
    playAlone(wrong, sections);

    // Then
    assertThat(lessons)
        .allSatisfy(
            (name, lesson) -> {
              String section = sections.getOrDefault(name, "");
              assertThat(lesson.isNoticedIn(section))
                  .as(
                      "in %s, of the promises %s only %s fails:%n%s",
                      name, lesson.stated(), lesson.promise(), section)
                  .isTrue();
            });
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
  private static Map<String, String> sections(Command.Result play) {
    Matcher section =
        Pattern.compile(
                "^---- (\\S+) failed; .*\n([\\s\\S]*?)(?=^---- \\S+ failed; |\\z)",
                Pattern.MULTILINE)
            .matcher(play.out());
    Map<String, String> sections = new TreeMap<>();
    while (section.find()) {
      sections.put(section.group(1), section.group(2));
    }
    assertThat(play.exitCode())
        .as("%s%n%s", play.out(), play.err())
        .isEqualTo(sections.isEmpty() ? 0 : Failure.FAILED);
    return sections;
  }

  private static List<String> promises(String mark, String section) {
    return Pattern.compile("^" + mark + " promise (\\d+):", Pattern.MULTILINE)
        .matcher(section)
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
