package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.PomVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Teaches from an offline folder on a cluster with containerd. The program in {@code
 * LAB_API_SERVER_ONLY}, if set, runs the commands so that they can reach only the API server.
 */
@Tag("cluster")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OfflineFolderIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String IMAGE = "docker.io/podlab/demo-app";

  /** A name that only the archive of this test has. */
  private static final String MARK = IMAGE + ":offline-folder-it";

  @TempDir Path temporary;
  private Path folder;
  private Path copy;

  @BeforeEach
  void folderOnAMediumWithoutPermissions() throws Exception {
    for (String program : List.of("podman", "ctr")) {
      assumeThat(SearchPath.ofThisProcess().find(program)).as(program).isPresent();
    }
    assumeThat(System.getenv("CONTAINERD_ADDRESS")).as("the containerd of the node").isNotNull();
    folder = temporary.resolve("folder");
    copy = temporary.resolve("copy");
    save();
    copyAsOnAStick();
  }

  /** Saves the image that is there, because a build takes too long. */
  private void save() throws Exception {
    run(List.of("podman", "tag", IMAGE + ":" + PomVersion.of(ROOT), MARK));
    Path engine = temporary.resolve("podman");
    Files.writeString(
        engine,
        """
        #!/bin/sh
        case $1 in
          build) exit ;;
          save) exec podman "$@" %s ;;
          *) exec podman "$@" ;;
        esac
        """
            .formatted(MARK));
    Files.setPosixFilePermissions(engine, PosixFilePermissions.fromString("rwx------"));
    run(
        List.of(
            ROOT.resolve("deploy/lab").toString(),
            "images",
            "demo-app",
            "--engine",
            engine.toString(),
            "--save",
            folder.toString(),
            "--with-lessons"));
  }

  /** A USB stick keeps neither links nor permissions. */
  private void copyAsOnAStick() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectory(to);
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.copy(file, to);
          Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("r--r--r--"));
        }
      }
    }
  }

  @AfterEach
  void removeTheName() throws Exception {
    if (folder == null) {
      return; // An assumption failed.
    }
    Command.of("podman", "untag", MARK, MARK).run();
    ctr("images", "rm", MARK).run();
  }

  @Test
  void loadsAnImageAndPlaysALesson() throws Exception {
    // When
    Command.Result load = offline("images", "demo-app", "--load", "containerd");

    // Then
    assertThat(load.out()).contains("demo-app.tar");
    assertThat(run(ctr("images", "ls", "-q").words()).out()).contains(MARK);

    // When
    Command.Result play = offline("play", "service-without-selector");

    // Then: with the script of the lesson, and with the board
    assertThat(play.out())
        .containsPattern("service-without-selector passed in \\d+ s: 3 promises hold")
        .containsPattern("\\+\\d+\\.\\d s  pod web: ");
  }

  private Command.Result offline(String... arguments) throws InterruptedException {
    List<String> words = new ArrayList<>();
    String isolated = System.getenv("LAB_API_SERVER_ONLY");
    if (isolated != null) {
      words.add(isolated);
    }
    words.addAll(List.of("sh", copy.resolve("lab").toString()));
    words.addAll(List.of(arguments));
    return run(words);
  }

  private Command.Result run(List<String> words) throws InterruptedException {
    Command.Result result =
        Command.of(words)
            .in(temporary)
            .withEnvironment("XDG_STATE_HOME", temporary.resolve("state").toString())
            .run();
    assertThat(result.exitCode())
        .as("%s%n%s%n%s", String.join(" ", words), result.out(), result.err())
        .isZero();
    return result;
  }

  private static Command ctr(String... words) {
    return Command.of("ctr", "--address", System.getenv("CONTAINERD_ADDRESS"), "-n", "k8s.io")
        .with(words);
  }
}
