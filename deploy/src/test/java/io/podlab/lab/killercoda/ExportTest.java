package io.podlab.lab.killercoda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.Failure;
import io.podlab.lab.lesson.Catalog;
import io.podlab.lab.lesson.ImageNames;
import io.podlab.lab.lesson.Lesson;
import io.podlab.lab.process.Command;
import java.io.IOException;
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

/** The export of the project's lessons. */
class ExportTest {
  private static final Path LESSONS = Path.of("").toAbsolutePath().getParent().resolve("lessons");

  @TempDir static Path exported;
  @TempDir Path temporary;

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
    for (Path file : lesson.files()) {
      assertThat(assets.resolve(file.getFileName())).hasSameTextualContentAs(file);
    }
    assertThat(assets.resolve("verify.sh")).exists();
    assertThat(assets.resolve("lesson.sh")).hasSameTextualContentAs(LESSONS.resolve("lesson.sh"));
  }

  /** Places the assets as Killercoda does, below a folder instead of /root. */
  private Path placed(Path scenario) throws IOException {
    Path root = temporary.resolve("root");
    Path lesson = Files.createDirectories(root.resolve("lessons/liveness-exec"));
    try (Stream<Path> assets = Files.list(scenario.resolve("assets"))) {
      for (Path asset : assets.toList()) {
        String name = asset.getFileName().toString();
        Path folder = name.matches("begin.sh|lesson.sh") ? lesson.getParent() : lesson;
        Files.writeString(
            folder.resolve(name), Files.readString(asset).replace("/root/", root + "/"));
      }
    }
    Files.writeString(
        root.resolve("verify.sh"),
        Files.readString(scenario.resolve("verify.sh")).replace("/root/", root + "/"));
    return root;
  }

  /** A kubectl that has only the namespace that it created, and writes its calls to a file. */
  private void fakeKubectl() throws IOException {
    Path kubectl = Files.createDirectories(temporary.resolve("bin")).resolve("kubectl");
    Files.writeString(
        kubectl,
        """
        #!/bin/sh
        echo "$*" >>'%1$s/calls'
        case "$*" in
          "get namespace "*) grep -q '^create' '%1$s/calls' ;;
          "get pod"*) echo 'Error from server (NotFound): pods "liveness-exec" not found' >&2; exit 1 ;;
        esac
        """
            .formatted(temporary));
    assertThat(kubectl.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void beginsInItsNamespaceAndFolderAndFindsItsVerification() throws Exception {
    // Given
    fakeKubectl();
    Path root = placed(exported.resolve("en/liveness-exec"));
    String path = temporary.resolve("bin") + ":" + System.getenv("PATH");

    // When
    Command.Result begun =
        Command.of(
                "bash", "-c", ". \"$0\"; echo \"$NAMESPACE in $PWD\"", root + "/lessons/begin.sh")
            .withEnvironment("PATH", path)
            .run();
    Command.Result verified =
        Command.of("bash", root + "/verify.sh").withEnvironment("PATH", path).run();

    // Then
    assertThat(begun.out()).isEqualTo("liveness-exec in " + root + "/lessons/liveness-exec\n");
    assertThat(Files.readAllLines(temporary.resolve("calls")))
        .containsSubsequence(
            "create namespace liveness-exec",
            "config set-context --current --namespace=liveness-exec");
    assertThat(verified.out()).contains("Bail out!").endsWith("play the lesson first\n");
    assertThat(verified.exitCode()).isEqualTo(1);
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
