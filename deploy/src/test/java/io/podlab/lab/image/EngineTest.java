package io.podlab.lab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.lab.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
  private static final String DEAD_DOCKER =
      "[ $1 = --version ] && echo 'Docker version 28' && exit 0\n"
          + "echo 'Cannot connect to the Docker daemon' >&2; exit 1";
  private static final String LIVE_DOCKER =
      "[ $1 = --version ] && echo 'Docker version 28' || echo 28.0.0";

  @TempDir Path folder;
  private FakePrograms programs;

  @BeforeEach
  void noPrograms() {
    programs = new FakePrograms(folder);
  }

  @Test
  void prefersPodmanToDocker() throws Exception {
    // Given
    programs.add("docker", LIVE_DOCKER);
    Path podman = programs.addPodman();
    // When
    Engine engine = Engine.find(programs.searchPath(), Optional.empty());
    // Then
    assertThat(engine.program()).isEqualTo(podman);
    assertThat(engine.isPodman()).isTrue();
  }

  @Test
  void takesADockerThatAnswers() throws Exception {
    // Given
    Path docker = programs.add("docker", LIVE_DOCKER);
    // When
    Engine engine = Engine.find(programs.searchPath(), Optional.empty());
    // Then
    assertThat(engine.program()).isEqualTo(docker);
    assertThat(engine.isPodman()).isFalse();
  }

  @Test
  void knowsAPodmanThatIsCalledDocker() throws Exception {
    // Given
    programs.add("docker", "echo podman version 4.3.1");
    // When
    Engine engine = Engine.find(programs.searchPath(), Optional.of("docker"));
    // Then
    assertThat(engine.isPodman()).isTrue();
    assertThat(programs.recorded()).last().asString().startsWith("docker info");
  }

  @Test
  void saysWhyEachWillNotDo() throws Exception {
    // Given
    Path docker = programs.add("docker", DEAD_DOCKER);
    // When, Then
    assertThatThrownBy(() -> Engine.find(programs.searchPath(), Optional.empty()))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(Failure.MISSING))
        .hasMessageContaining("podman is not on the PATH")
        .hasMessageContaining(docker + " does not respond (Cannot connect to the Docker daemon)");
  }

  @Test
  void doesNotFallBackFromTheEngineAskedFor() throws Exception {
    // Given
    programs.addPodman();
    programs.add("docker", DEAD_DOCKER);
    // When, Then
    assertThatThrownBy(() -> Engine.find(programs.searchPath(), Optional.of("docker")))
        .hasMessageContaining("does not respond");
  }

  @Test
  void buildsUnderAllNamesFromTheOneRecipe() {
    // Given
    Engine engine = new Engine(Path.of("/bin/podman"), "podman version 5");
    // When
    List<String> words =
        engine
            .build(
                Path.of("/r/Containerfile"),
                Path.of("/app"),
                "demo-app",
                "1.0",
                List.of("a:1", "b:2"),
                Optional.of("host"))
            .words();
    // Then
    assertThat(words)
        .containsExactly(
            ("/bin/podman build --file /r/Containerfile --build-arg SERVICE=demo-app"
                    + " --build-arg VERSION=1.0 --network host --tag a:1 --tag b:2 /app")
                .split(" "));
  }

  @Test
  void savesADockerArchiveWithEitherEngine() {
    // Given
    List<String> names = List.of("a:1", "b:2");
    Path archive = Path.of("/x.tar");
    // When, Then
    assertThat(new Engine(Path.of("p"), "podman version 5").save(names, archive).words())
        .containsExactly(
            "p",
            "save",
            "--quiet",
            "--format",
            "docker-archive",
            "--output",
            "/x.tar",
            "a:1",
            "b:2");
    assertThat(new Engine(Path.of("d"), "Docker version 28").save(names, archive).words())
        .containsExactly("d", "save", "--output", "/x.tar", "a:1", "b:2");
  }
}
