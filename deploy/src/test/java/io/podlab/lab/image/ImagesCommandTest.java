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
import picocli.CommandLine;

class ImagesCommandTest {
  @TempDir Path root;
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakePrograms programs;

  @BeforeEach
  void servicesThatAreBuiltAlready() throws IOException {
    programs = new FakePrograms(folder);
    Files.createFile(root.resolve("pom.xml"));
    for (Service service : Service.values()) {
      Path module = Files.createDirectories(root.resolve(service.title()));
      Files.createDirectories(module.resolve("src/main"));
      Files.createFile(module.resolve("pom.xml"));
      Path target = Files.createDirectories(module.resolve("target"));
      Path built = Files.createFile(target.resolve("quarkus-artifact.properties"));
      Files.setLastModifiedTime(built, FileTime.fromMillis(System.currentTimeMillis() + 3_600_000));
    }
  }

  @Test
  void buildsAllAndPrintsTheirSizes() throws Exception {
    // Given
    programs.addPodman();
    // When
    int exitCode = run();
    // Then
    assertThat(exitCode).isZero();
    assertThat(calls("podman build")).hasSize(Service.values().length);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .first()
        .asString()
        .matches("IMAGE +SIZE");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("docker.io/podlab/demo-app:9.9")
        .contains("122 MB");
  }

  @Test
  void buildsOnlyTheOnesNamed() throws Exception {
    // Given
    programs.addPodman();
    // When
    run("token-service");
    // Then
    assertThat(calls("podman build")).singleElement().asString().endsWith(" " + root);
  }

  @Test
  void loadsEachArchiveAndLeavesNoneBehind() throws Exception {
    // Given
    programs.addPodman();
    programs.add("kind", "test -f \"$3\"");
    // When
    int exitCode = run("demo-app", "--load", "kind", "--cluster-name", "lab");
    // Then
    assertThat(exitCode).isZero();
    String loaded = calls("kind").get(0);
    assertThat(loaded).startsWith("kind load image-archive ").endsWith("/demo-app.tar --name lab");
    assertThat(Path.of(loaded.split(" ")[3])).doesNotExist();
  }

  @Test
  void savesUnderTheServicesNameAndReplacesWhatIsThere() throws Exception {
    // Given
    programs.addPodman();
    Path archives = Files.createDirectory(folder.resolve("archives"));
    Files.writeString(archives.resolve("demo-app.tar"), "old");
    // When
    int exitCode = run("demo-app", "--save", archives.toString(), "--alias-training");
    // Then
    assertThat(exitCode).isZero();
    assertThat(archives).isDirectoryContaining(path -> path.endsWith("demo-app.tar"));
    assertThat(archives.resolve("demo-app.tar")).isEmptyFile();
    assertThat(calls("podman save").get(0))
        .endsWith("docker.io/podlab/demo-app:9.9 quay.io/junkai/demo:1.0");
  }

  @Test
  void pushesOwnNamesOnly() throws Exception {
    // Given
    programs.addPodman();
    // When
    run("demo-app", "--push", "--alias-training", "--registry", "ghcr.io/me", "--tag", "t");
    // Then
    assertThat(calls("podman push")).containsExactly("podman push ghcr.io/me/podlab/demo-app:t");
  }

  @Test
  void missesTheLoadersProgramBeforeAnythingIsBuilt() throws Exception {
    // Given
    programs.addPodman();
    // When
    int exitCode = run("--load", "minikube");
    // Then
    assertThat(exitCode).isEqualTo(Failure.MISSING);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("minikube is not on the PATH");
    assertThat(programs.recorded()).isEmpty();
  }

  @Test
  void showsTheEndOfTheLogOfABuildThatFailed() throws Exception {
    // Given
    programs.add(
        "podman",
        "[ $1 = build ] || exit 0; for i in $(seq 40); do echo \"line $i\"; done; exit 125");
    // When
    int exitCode = run("demo-app");
    // Then
    assertThat(exitCode).isEqualTo(Failure.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("line 40")
        .doesNotContain("line 25\n");
    assertThat(root.resolve("deploy/target/image-demo-app.log")).content().contains("line 1\n");
  }

  private List<String> calls(String start) throws IOException {
    return programs.recorded().stream().filter(call -> call.startsWith(start)).toList();
  }

  private int run(String... arguments) {
    Console console = new Console(print(out), print(err), false);
    ImagesCommand command =
        new ImagesCommand(console, programs.searchPath(), () -> new Project(root, "9.9"));
    CommandLine line = new CommandLine(command);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (exception, failed, parsed) -> {
          console.say(exception.getMessage());
          return exception instanceof Failure failure ? failure.exitCode() : 99;
        });
    return line.execute(arguments);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
