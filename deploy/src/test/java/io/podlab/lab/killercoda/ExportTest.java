package io.podlab.lab.killercoda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.lesson.Catalog;
import io.podlab.lab.lesson.ImageNames;
import io.podlab.lab.lesson.Lesson;
import io.podlab.lab.process.Command;
import io.podlab.lab.project.Project;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The export of the project's lessons. */
class ExportTest {
  private static final Path LESSONS = Path.of("").toAbsolutePath().getParent().resolve("lessons");

  @TempDir static Path exported;
  @TempDir Path temporary;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeAll
  static void export() throws Exception {
    new Export(Catalog.of(LESSONS), new ImageNames(Optional.empty(), Optional.empty()))
        .write(exported);
  }

  static Stream<Lesson> lessons() throws IOException {
    return Catalog.of(LESSONS).lessons().stream();
  }

  @Test
  void hasTheFormatOfKillercoda() throws Exception {
    assertThat(Format.problems(exported)).isEmpty();
    assertThat(exported).isDirectoryContaining("glob:**/en").isDirectoryContaining("glob:**/zh-CN");
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void hasTheCommandsOfTheLessonInTheirOrder(Lesson lesson) throws Exception {
    for (String language : lesson.languages()) {
      // Given
      Path scenario = exported.resolve(language).resolve(lesson.name());
      List<String> commands = new ArrayList<>(List.of(". /root/lessons/begin.sh\n"));
      commands.addAll(blocks("```sh\n([\\s\\S]*?)```\n", lesson.document(language)));

      // When
      List<String> clicked = new ArrayList<>(exec(scenario.resolve("intro.md")));
      for (int step = 1; Files.exists(scenario.resolve("step" + step + ".md")); step++) {
        clicked.addAll(exec(scenario.resolve("step" + step + ".md")));
      }
      clicked.addAll(exec(scenario.resolve("finish.md")));

      // Then
      assertThat(clicked).as(language).isEqualTo(commands).hasSizeGreaterThan(1);
    }
  }

  private static List<String> exec(Path file) throws IOException {
    return blocks("```sh\n([\\s\\S]*?)```\\{\\{exec( interrupt)?}}\n", file);
  }

  private static List<String> blocks(String pattern, Path file) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file, StandardCharsets.UTF_8))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void hasTheLessonsOwnFiles(Lesson lesson) throws Exception {
    Path assets = exported.resolve("en").resolve(lesson.name()).resolve("assets");
    List<String> own = new ArrayList<>(names(lesson.folder()));
    own.removeIf(name -> name.matches("lesson(\\..+)?\\.md|sabotage\\.sh"));
    List<String> exportedNames = new ArrayList<>(names(assets));
    exportedNames.removeAll(List.of("begin.sh", "lesson.sh"));
    assertThat(exportedNames).isEqualTo(own).contains("verify.sh");
    for (String name : own) {
      assertThat(assets.resolve(name)).hasSameTextualContentAs(lesson.folder().resolve(name));
    }
    assertThat(assets.resolve("lesson.sh")).hasSameTextualContentAs(LESSONS.resolve("lesson.sh"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Places the assets as Killercoda does, below a folder instead of /root. */
  private Path placed(Path scenario) throws IOException {
    Path root = temporary.resolve("root");
    Path lesson = Files.createDirectories(root.resolve("lessons").resolve(scenario.getFileName()));
    try (Stream<Path> assets = Files.list(scenario.resolve("assets"))) {
      for (Path asset : assets.toList()) {
        String name = asset.getFileName().toString();
        Path folder = name.matches("begin.sh|lesson.sh") ? lesson.getParent() : lesson;
        Files.writeString(
            folder.resolve(name), Files.readString(asset).replace("/root/", root + "/"));
      }
    }
    for (String script : List.of("background.sh", "verify.sh")) {
      Files.writeString(
          root.resolve(script),
          Files.readString(scenario.resolve(script)).replace("/root/", root + "/"));
    }
    return root;
  }

  private void fakeProgram(String name, String commands) throws IOException {
    Path program = Files.createDirectories(temporary.resolve("bin")).resolve(name);
    Files.writeString(program, "#!/bin/sh\n" + commands + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  /** A kubectl that has only the namespace that it created, and writes its calls to a file. */
  private void fakeKubectl() throws IOException {
    fakeProgram(
        "kubectl",
        """
        echo "$*" >>'%1$s/calls'
        case "$*" in
          "get namespace "*) grep -q '^create' '%1$s/calls' ;;
          "get pod"*) echo 'Error from server (NotFound): pods "liveness-exec" not found' >&2; exit 1 ;;
        esac
        """
            .formatted(temporary));
  }

  private Command.Result bash(String... arguments) throws Exception {
    return Command.of("bash")
        .with(arguments)
        .withEnvironment("PATH", temporary.resolve("bin") + ":" + System.getenv("PATH"))
        .run();
  }

  @Test
  void beginsInItsNamespaceAndFolderAndFindsItsVerification() throws Exception {
    // Given
    fakeKubectl();
    Path root = placed(exported.resolve("en/liveness-exec"));

    // When
    Command.Result prepared = bash(root + "/background.sh");
    Command.Result begun =
        bash("-c", ". \"$0\"; echo \"$NAMESPACE in $PWD\"", root + "/lessons/begin.sh");
    Command.Result verified = bash(root + "/verify.sh");

    // Then
    assertThat(prepared.out() + prepared.err()).isEmpty();
    assertThat(begun.out()).isEqualTo("liveness-exec in " + root + "/lessons/liveness-exec\n");
    assertThat(Files.readAllLines(temporary.resolve("calls")))
        .containsSubsequence(
            "create namespace liveness-exec",
            "config set-context --current --namespace=liveness-exec");
    assertThat(verified.out()).contains("Bail out!").endsWith("play the lesson first\n");
    assertThat(verified.exitCode()).isEqualTo(1);
  }

  /** Some needs.sh delete objects with the names of those of the lesson. */
  @Test
  void checksTheClusterOnlyOnceAndSaysInEachTerminalWhatItLacks() throws Exception {
    // Given
    fakeKubectl();
    Path root = placed(exported.resolve("en/network-policy"));
    Path runs = temporary.resolve("runs");
    Files.writeString(
        root.resolve("lessons/network-policy/needs.sh"),
        "echo \"$NAMESPACE\" >>'" + runs + "'; echo not enforced; exit 1\n");

    // When
    bash(root + "/background.sh");
    Command.Result first = bash("-c", ". \"$0\"", root + "/lessons/begin.sh");
    Command.Result second = bash("-c", ". \"$0\"", root + "/lessons/begin.sh");

    // Then
    assertThat(first.out())
        .isEqualTo("This cluster cannot play the lesson: not enforced\n")
        .isEqualTo(second.out());
    assertThat(runs).hasContent("network-policy");
  }

  @Test
  void saysWhyTheNamespaceCannotBeCreated() throws Exception {
    // Given
    Path root = placed(exported.resolve("en/liveness-exec"));
    fakeProgram("kubectl", "echo 'no route to host' >&2; exit 1");
    fakeProgram("sleep", ":");

    // When
    bash(root + "/background.sh");
    Command.Result begun = bash("-c", ". \"$0\"", root + "/lessons/begin.sh");

    // Then
    assertThat(begun.out()).isEqualTo("The namespace cannot be created: no route to host\n");
  }

  @Test
  void aWatchIsEndedByTheNextCommand() throws Exception {
    // Given
    List<String> all = new ArrayList<>();
    try (Stream<Path> steps = Files.list(exported.resolve("en/init-wait"))) {
      for (Path step :
          steps.filter(one -> one.toString().matches(".*step\\d+\\.md")).sorted().toList()) {
        all.add(Files.readString(step));
      }
    }
    String text = String.join("", all);

    // Then
    assertThat(text).containsPattern("--watch [^`]*```\\{\\{exec}}[\\s\\S]*ends it with Ctrl-C");
    assertThat(text).contains("```{{exec interrupt}}");
  }

  @Test
  void aWatchWithoutANextCommandIsEndedBeforeTheCheck() throws Exception {
    Path scenario = exported.resolve("en/oom-killed");
    long steps = names(scenario).stream().filter(name -> name.startsWith("step")).count();
    assertThat(scenario.resolve("step" + steps + ".md"))
        .content()
        .contains("press Ctrl-C and click **Check**")
        .doesNotContain("The next command");
  }

  private int lab(Path root, String... arguments) {
    Console console =
        new Console(System.out, new PrintStream(said, true, StandardCharsets.UTF_8), false);
    return new CommandLine(new ExportCommand(console, () -> new Project(root, "9.9")))
        .setExecutionExceptionHandler(
            (exception, line, parsed) -> {
              console.say(exception.getMessage());
              return exception instanceof Failure failure ? failure.exitCode() : 99;
            })
        .execute(arguments);
  }

  @Test
  void theCommandWritesTheScenariosOfTheProject() {
    // When
    Path folder = temporary.resolve("out");
    int exitCode =
        lab(LESSONS.getParent(), "--killercoda", folder.toString(), "--registry", "ghcr.io/me");

    // Then
    assertThat(exitCode).isZero();
    assertThat(folder.resolve("en/liveness-exec/assets/pod.yaml"))
        .content()
        .contains("image: ghcr.io/me/podlab/demo-app:");
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("scenarios to " + folder);
  }

  @Test
  void theCommandWantsARegistryAndLessons() {
    // When
    String folder = temporary.resolve("out").toString();
    int withoutRegistry = lab(LESSONS.getParent(), "--killercoda", folder);
    int withoutLessons = lab(temporary, "--killercoda", folder, "--registry", "ghcr.io/me");

    // Then
    assertThat(withoutRegistry).isEqualTo(Failure.USAGE);
    assertThat(withoutLessons).isEqualTo(Failure.MISSING);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("for example --registry ghcr.io/me", "no lessons in directory");
    assertThat(temporary.resolve("out")).doesNotExist();
  }

  @Test
  void namesTheImagesOfTheRegistry() throws Exception {
    // When
    new Export(Catalog.of(LESSONS), new ImageNames(Optional.of("ghcr.io/me"), Optional.of("9.9")))
        .write(temporary.resolve("out"));

    // Then
    try (Stream<Path> files = Files.walk(temporary.resolve("out"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file))
            .as("%s", file)
            .doesNotContainPattern("(?<!ghcr.io/me/)podlab/(demo-app|probe-target):");
      }
    }
    assertThat(temporary.resolve("out/en/liveness-exec/assets/pod.yaml"))
        .content()
        .contains("image: ghcr.io/me/podlab/demo-app:9.9");
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void hasADescriptionInPlainText(Lesson lesson) throws Exception {
    for (String language : lesson.languages()) {
      String index =
          Files.readString(exported.resolve(language).resolve(lesson.name()).resolve("index.json"));
      assertThat(new ObjectMapper().readTree(index).path("description").asText())
          .doesNotContainPattern("[`*\\n\\]]|\\p{IsHan} \\p{IsHan}");
    }
  }

  /** The check of the format must notice each of these. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          index.json  | "steps"            | "step"               | unknown key step
          index.json  | step1.md           | step9.md             | 'step9.md' is not a file in it
          index.json  | pod.yaml           | ../../pod.yaml       | '../../pod.yaml' is not a file in it
          index.json  | kubeadm-1node      | kubeadm-9nodes       | unknown imageid
          index.json  | "verify"           | "verified"           | no verify
          index.json  | /root/lessons      | lessons              | is not an absolute folder
          step1.md    | ```{{exec}}        | ```                  | ends a block ```sh with ```
          intro.md    | ```sh              | ```{{exec}}          | begins a block with
          finish.md   | https://           | ../                  | relative link
          """)
  void isCheckedStrictly(String name, String old, String changed, String problem) throws Exception {
    // Given
    Path scenario = temporary.resolve("scenario");
    Files.createDirectories(scenario.resolve("assets"));
    Path source = exported.resolve("en/liveness-exec");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, scenario.resolve(source.relativize(file).toString()));
      }
    }
    Path file = scenario.resolve(name);
    Files.writeString(file, Files.readString(file).replace(old, changed));

    // Then
    assertThat(Format.problems(scenario)).anyMatch(one -> one.contains(problem));
  }

  @Test
  void wantsAnEmptyFolder() throws Exception {
    // Given
    Path file = Files.writeString(temporary.resolve("file"), "");

    // When
    Failure full = catchThrowableOfType(Failure.class, () -> ExportCommand.requireEmpty(temporary));
    Failure notAFolder =
        catchThrowableOfType(Failure.class, () -> ExportCommand.requireEmpty(file));
    ExportCommand.requireEmpty(temporary.resolve("new"));

    // Then
    assertThat(full).hasMessageEndingWith("' is not empty; use a new or an empty directory");
    assertThat(notAFolder).hasMessageEndingWith("/file' is not a directory");
    assertThat(full.exitCode()).isEqualTo(Failure.USAGE);
  }
}
