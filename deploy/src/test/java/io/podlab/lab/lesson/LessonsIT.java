package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays all lessons on a real cluster with {@code lab play}. The program in {@code
 * LAB_API_SERVER_ONLY}, if set, runs the command so that it can reach only the API server.
 *
 * <p>The first test of each kind plays all lessons, five at once. A failed test runs once more (ADR
 * 25), and then it plays its lesson alone.
 */
@Tag("cluster")
@Isolated("the lessons use both processors")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 25, unit = TimeUnit.MINUTES)
class LessonsIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path LESSONS = ROOT.resolve("lessons");
  private static final String PARALLEL = "5";

  /** If more lessons fail beside others, the load is not the reason. */
  private static final int MOST_ALONE = 5;

  /** What a test cluster may lack: a newer Kubernetes, two additions to a cluster, and kubeadm. */
  private static final Pattern EXPECTED_SKIP =
      Pattern.compile(
          "\\S+ skipped: needs Kubernetes"
              + "|hpa skipped: no metrics API"
              + "|network-policy skipped: NetworkPolicies are not enforced"
              + "|node-join skipped: kubeadm is not on the PATH");

  private static final Plays WHOLE = new Plays();
  private static final Plays SABOTAGED = new Plays();

  /** What plays left on the cluster. */
  private static final List<String> LEFT = new ArrayList<>();

  @TempDir Path temporary;

  /**
   * The plays of one kind. They outlive the instances of this class, of which each test has one.
   */
  private static final class Plays {
    private final Set<Lesson> asked = new HashSet<>();
    private Map<String, String> besideOthers;
    private int alone;

    /**
     * The output about this lesson, empty if there is none: at first from the play of all lessons,
     * and if a test asks again, from a play of this lesson alone.
     */
    String outputOf(Lesson lesson, Play all, Play single) throws Exception {
      if (besideOthers == null) {
        besideOthers = Map.of();
        besideOthers = outputs(all.run());
      }
      if (asked.add(lesson)) {
        return besideOthers.getOrDefault(lesson.name(), "");
      }
      alone++;
      assertThat(alone)
          .as("lessons that failed beside others; so many are not due to the load")
          .isLessThanOrEqualTo(MOST_ALONE);
      String output = outputs(single.run()).getOrDefault(lesson.name(), "");
      assertThat(LEFT).isEmpty();
      return output;
    }
  }

  private interface Play {
    Command.Result run() throws Exception;
  }

  private static List<Lesson> lessons() throws IOException {
    return Catalog.of(LESSONS).lessons();
  }

  private Command.Result play(List<String> words) throws Exception {
    Path state = Files.createTempDirectory(temporary, "state");
    List<String> all = new ArrayList<>();
    String isolated = System.getenv("LAB_API_SERVER_ONLY");
    if (isolated != null) {
      all.add(isolated);
    }
    all.addAll(List.of(ROOT.resolve("deploy/lab").toString(), "play", "--parallel", PARALLEL));
    all.addAll(words);
    Command.Result play =
        Command.of(all)
            .withEnvironment("XDG_STATE_HOME", state.toString())
            .run(System.out::println);
    LEFT.addAll(left(state));
    return play;
  }

  /** Promises fail before a lesson and hold after it, and the output matches the text. */
  @ParameterizedTest
  @MethodSource("lessons")
  @Order(1)
  void holds(Lesson lesson) throws Exception {
    // When
    String output =
        WHOLE.outputOf(
            lesson,
            () -> play(List.of("--all", "--check")),
            () -> play(List.of(lesson.name(), "--check")));

    // Then
    assumeFalse(EXPECTED_SKIP.matcher(output).lookingAt(), output);
    assertThat(output).startsWith(lesson.name() + " passed in ");
  }

  /** With one error in the manifests of a lesson, only the promise about it fails. */
  @ParameterizedTest
  @MethodSource("lessons")
  @Order(2)
  void noticesWhatItTeachesIsMissing(Lesson lesson) throws Exception {
    // Given
    Sabotaged sabotaged = sabotage(lesson);

    // When
    String output =
        SABOTAGED.outputOf(
            lesson, () -> play(allSabotaged()), () -> play(List.of(sabotaged.folder().toString())));

    // Then
    assumeFalse(EXPECTED_SKIP.matcher(output).lookingAt(), output);
    assertThat(promises("✗", output)).as(output).containsExactly(sabotaged.promise());
    assertThat(promises("[✗✓-]", output)).as(output).containsExactlyElementsOf(plan(lesson));
  }

  /** Checks the plays of all lessons; a play of one lesson is checked at once. */
  @Test
  @Order(3)
  void leaveNothing() {
    assertThat(WHOLE.besideOthers).isNotEmpty();
    assertThat(LEFT).isEmpty();
  }

  /** The namespaces of these plays that still exist, and the objects outside them. */
  private static List<String> left(Path state) throws Exception {
    Set<String> namespaces = new TreeSet<>();
    try (Stream<Path> files = Files.walk(state)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        Pattern.compile("playing in namespace (\\S+)")
            .matcher(Files.readString(log))
            .results()
            .forEach(match -> namespaces.add(match.group(1)));
      }
    }
    assertThat(namespaces).isNotEmpty();
    List<String> left = new ArrayList<>();
    String label = LessonCluster.LABEL + " in (" + String.join(",", namespaces) + ")";
    kubectl("get", "namespaces", "-o", "name")
        .filter(name -> namespaces.contains(name.replace("namespace/", "")))
        .forEach(left::add);
    kubectl(
            "get",
            "clusterroles,clusterrolebindings,certificatesigningrequests",
            "-l",
            label,
            "-o",
            "name")
        .forEach(left::add);
    kubectl("get", "roles,rolebindings,secrets,configmaps", "-A", "-l", label, "-o", "name")
        .forEach(left::add);
    kubectl(
            "get",
            "secrets",
            "-n",
            "kube-system",
            "--field-selector=type=bootstrap.kubernetes.io/token",
            "-o",
            "go-template={{range .items}}{{with .data.description}}{{base64decode .}}{{end}}{{\"\\n\"}}{{end}}")
        .filter(description -> namespaces.contains(description.replace("podlab lesson ", "")))
        .forEach(left::add);
    return left;
  }

  /** The lines that kubectl prints. */
  private static Stream<String> kubectl(String... words) throws InterruptedException {
    Command.Result result = Command.of("kubectl").with(words).run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out().lines();
  }

  /**
   * The copy of a lesson with one error in its manifests.
   *
   * @param promise the number of the only promise that must fail
   */
  private record Sabotaged(Path folder, String promise) {}

  private Sabotaged sabotage(Lesson lesson) throws Exception {
    Path parent = Files.createTempDirectory(temporary, "sabotaged");
    Files.copy(LESSONS.resolve("lesson.sh"), parent.resolve("lesson.sh"));
    Path folder = Files.createDirectory(parent.resolve(lesson.folder().getFileName()));
    try (Stream<Path> files = Files.list(lesson.folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Command.Result sabotage =
        Command.of(lesson.folder().resolve("sabotage.sh").toString(), folder.toString()).run();
    assertThat(sabotage.exitCode()).as(sabotage.err()).isZero();
    Matcher promise = Pattern.compile("promise (\\d+): .+\n").matcher(sabotage.out());
    assertThat(promise.matches()).as(sabotage.out()).isTrue();
    return new Sabotaged(folder, promise.group(1));
  }

  /** The folders. The longest lessons are the last, so they come first and run in parallel. */
  private List<String> allSabotaged() throws Exception {
    List<String> folders = new ArrayList<>();
    for (Lesson lesson : lessons()) {
      folders.add(0, sabotage(lesson).folder().toString());
    }
    return folders;
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

  /** One line about each lesson that passed or was skipped, and the whole output of the others. */
  private static Map<String, String> outputs(Command.Result play) {
    Map<String, String> outputs = new TreeMap<>();
    // Up to the next lesson that failed, because some commands print "----".
    Matcher failed =
        Pattern.compile(
                "^---- (\\S+) failed; .*\n([\\s\\S]*?)(?=^---- \\S+ failed; |\\z)",
                Pattern.MULTILINE)
            .matcher(play.out());
    while (failed.find()) {
      outputs.put(failed.group(1), failed.group(2));
    }
    assertThat(play.exitCode())
        .as("%s%n%s", play.out(), play.err())
        .isEqualTo(outputs.isEmpty() ? 0 : Failure.FAILED);
    Matcher line =
        Pattern.compile("^(\\S+) (passed in \\d+ s|skipped): .*", Pattern.MULTILINE)
            .matcher(play.out());
    while (line.find()) {
      outputs.putIfAbsent(line.group(1), line.group());
    }
    return outputs;
  }

  private static List<String> promises(String mark, String section) {
    return Pattern.compile("^" + mark + " promise (\\d+):", Pattern.MULTILINE)
        .matcher(section)
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
