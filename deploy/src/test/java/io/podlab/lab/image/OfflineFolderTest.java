package io.podlab.lab.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code lab images --save DIR --with-lessons}, and {@code lab images} in that folder. */
class OfflineFolderTest {
  @TempDir Path checkout;
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakePrograms programs;
  private Path stick;

  @BeforeEach
  void aCheckoutWithBuiltServices() throws IOException {
    programs = new FakePrograms(folder);
    programs.addPodman();
    stick = folder.resolve("stick");
    file("LICENSE");
    file("THIRD-PARTY.md");
    file("pom.xml");
    for (Service service : Service.values()) {
      file(service + "/pom.xml");
      file(service + "/src/main/Main.java");
      file(service + "/target/quarkus-app/quarkus-run.jar");
      file(service + "/target/quarkus-app/lib/main/library.jar");
      Files.setLastModifiedTime(
          file(service + "/target/quarkus-artifact.properties"),
          FileTime.fromMillis(System.currentTimeMillis() + 3_600_000));
    }
    file("deploy/base/kustomization.yaml");
    file("deploy/generated/demo-app.yml");
    file("deploy/monitoring/prometheus/laptop.yml");
    file("deploy/probes/grpc.yml");
    file("deploy/offline/lab");
    file("deploy/offline/README.txt");
    file("deploy/target/lab.jar");
    file("deploy/target/lib/picocli.jar");
    file("lessons/README.md");
    file("lessons/lesson.sh");
    file("lessons/01-x/lesson.md");
  }

  private Path file(String path) throws IOException {
    Path file = checkout.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  @Test
  void hasTheArchivesAndAllFilesForAClass() throws Exception {
    // When
    int exitCode = run("demo-app", "--save", stick.toString(), "--with-lessons");

    // Then
    assertThat(exitCode).as(errors()).isZero();
    assertThat(errors()).contains("see README.txt there");
    assertThat(files(stick))
        .contains(
            "LICENSE",
            "README.txt",
            "THIRD-PARTY.md",
            "images/demo-app.tar",
            "lab",
            "lab.jar",
            "lessons/01-x/lesson.md",
            "lessons/lesson.sh",
            "lib/picocli.jar",
            "manifests/base/kustomization.yaml",
            "manifests/generated/demo-app.yml",
            "manifests/monitoring/prometheus/laptop.yml",
            "manifests/probes/grpc.yml",
            "services/board/lib/main/library.jar",
            "services/board/quarkus-run.jar",
            "services/token-service/quarkus-run.jar")
        .doesNotContain("images/board.tar", "lessons/README.md");
  }

  private static List<String> files(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --with-lessons                           | --with-lessons needs --save DIR
          --with-lessons --save new --tag t        | leave out --registry and --tag
          --with-lessons --save new --registry r.x | leave out --registry and --tag
          """)
  void needsADirectoryAndTheNamesInTheLessons(String options, String message) throws Exception {
    // When
    int exitCode = run(options.split(" "));

    // Then
    assertThat(exitCode).isEqualTo(Failure.USAGE);
    assertThat(errors()).contains(message);
    assertThat(programs.recorded()).noneMatch(call -> call.startsWith("podman build"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.txt", "images/demo-app.tar"})
  void isNotMixedWithOtherFiles(String present) throws Exception {
    // Given
    Path other = stick.resolve(present);
    Files.createDirectories(other.getParent());
    Files.createFile(other);

    // When
    int exitCode = run("--save", stick.toString(), "--with-lessons");

    // Then
    assertThat(exitCode).isEqualTo(Failure.USAGE);
    assertThat(errors()).contains("'" + stick + "' is not empty", "use a new or empty directory");
    assertThat(files(stick)).containsExactly(present);
    assertThat(programs.recorded()).noneMatch(call -> call.startsWith("podman build"));
  }

  @Test
  void saysWhyItIsNotComplete() throws Exception {
    // Given
    Files.delete(checkout.resolve("deploy/target/lab.jar"));

    // When
    int exitCode = run("--save", stick.toString(), "--with-lessons");

    // Then
    assertThat(exitCode).isEqualTo(Failure.FAILED);
    assertThat(errors())
        .contains("cannot complete directory '" + stick + "'", "delete it", "no such file");
  }

  @Test
  void saysThatItIsNotCompleteAfterASaveFailed() throws Exception {
    // Given
    programs.add("podman", "[ $1 != save ] || { echo disk full; exit 1; }");

    // When
    int exitCode = run("--save", stick.toString(), "--with-lessons");

    // Then
    assertThat(exitCode).isEqualTo(Failure.FAILED);
    assertThat(errors())
        .contains("cannot complete directory '" + stick + "'", "delete it", "disk full");
  }

  @Test
  void canBeMadeAfterABuildFailed() throws Exception {
    // Given
    programs.add("podman", "[ $1 != build ]");
    assertThat(run("--save", stick.toString(), "--with-lessons")).isEqualTo(Failure.FAILED);
    programs.addPodman();

    // When
    int exitCode = run("--save", stick.toString(), "--with-lessons");

    // Then
    assertThat(exitCode).as(errors()).isZero();
  }

  @Test
  void loadsItsArchivesWithoutAnEngine() throws Exception {
    // Given
    archives("demo-app", "token-service");
    programs.add("kind", "");

    // When
    int exitCode = runOffline("--load", "kind", "--cluster-name", "lab");

    // Then
    assertThat(exitCode).as(errors()).isZero();
    assertThat(programs.recorded())
        .containsExactly(
            "kind load image-archive " + stick.resolve("images/demo-app.tar") + " --name lab",
            "kind load image-archive " + stick.resolve("images/token-service.tar") + " --name lab");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("demo-app.tar");
  }

  @Test
  void loadsOnlyTheNamedArchives() throws Exception {
    // Given
    archives("demo-app", "token-service");
    programs.add("kind", "");

    // When
    runOffline("token-service", "--load", "kind");

    // Then
    assertThat(programs.recorded()).singleElement().asString().endsWith("images/token-service.tar");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --load kind       | no image archives in directory
          board --load kind | images/board.tar is missing
          """)
  void saysWhichArchivesAreMissing(String arguments, String message) throws Exception {
    // Given
    programs.add("kind", "");
    Files.createDirectories(stick);

    // When
    int exitCode = runOffline(arguments.split(" "));

    // Then
    assertThat(exitCode).isEqualTo(Failure.MISSING);
    assertThat(errors()).contains(message, "copy the whole folder again");
  }

  @Test
  void showsWhatTheToolOfTheClusterPrinted() throws Exception {
    // Given
    archives("demo-app");
    programs.add("kind", "echo 'no nodes found for cluster \"kind\"' >&2; exit 1");

    // When
    int exitCode = runOffline("--load", "kind");

    // Then
    assertThat(exitCode).isEqualTo(Failure.FAILED);
    assertThat(errors()).contains("loading demo-app.tar into kind failed", "no nodes found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--load kind --tag t", "--load kind --push", "--save x"})
  void cannotBuildWithoutSources(String options) throws Exception {
    // Given
    archives("demo-app");
    programs.add("kind", "");

    // When
    int exitCode = runOffline(options.isEmpty() ? new String[0] : options.split(" "));

    // Then
    assertThat(exitCode).isEqualTo(Failure.USAGE);
    assertThat(errors()).contains("this folder has no sources");
    assertThat(programs.recorded()).isEmpty();
  }

  private void archives(String... services) throws IOException {
    Files.createDirectories(stick.resolve("images"));
    for (String service : services) {
      Files.createFile(stick.resolve("images/" + service + ".tar"));
    }
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private int run(String... arguments) {
    return run(new Project(checkout, "9.9"), arguments);
  }

  private int runOffline(String... arguments) {
    return run(new Project(stick, "9.9", true), arguments);
  }

  private int run(Project project, String... arguments) {
    Console console = new Console(print(out), print(err), false);
    return new CommandLine(new ImagesCommand(console, programs.searchPath(), () -> project))
        .setExecutionExceptionHandler(
            (exception, failed, parsed) -> {
              console.say(exception.getMessage());
              return exception instanceof Failure failure ? failure.exitCode() : 99;
            })
        .execute(arguments);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
