package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.project.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  @TempDir Path root;
  private Lesson lesson;

  @BeforeEach
  void aLesson() throws Exception {
    lesson = new LessonFolder(root, "01-x").lesson();
    Files.createDirectory(lesson.folder().resolve("more"));
    Files.writeString(
        lesson.folder().resolve("more/deployment.yml"), "image: podlab/demo-app:1.0.0\n");
  }

  private Workspace workspace(String registry) throws Exception {
    return Workspace.of(
        lesson, new ImageNames(Optional.ofNullable(registry), Optional.empty()), "secret");
  }

  @Test
  void onlyItsOwnerMayReadTheKubeconfig() throws Exception {
    try (Workspace workspace = workspace(null)) {
      assertThat(workspace.kubeconfig()).hasContent("secret");
      assertThat(permissions(workspace.kubeconfig())).isEqualTo("rw-------");
    }
  }

  @Test
  void copiesTheLessonAndLeavesItAsItIs() throws Exception {
    try (Workspace workspace = workspace("r")) {
      assertThat(workspace.lesson().resolveSibling("lesson.sh")).exists();
      assertThat(workspace.lesson().resolve("verify.sh")).isExecutable();
      assertThat(workspace.lesson().resolve("more/deployment.yml"))
          .hasContent("image: r/podlab/demo-app:1.0.0");
      assertThat(lesson.folder().resolve("more/deployment.yml"))
          .hasContent("image: podlab/demo-app:1.0.0");
    }
  }

  /** A USB stick has no executable bits, and a DVD is read-only. */
  @Test
  void canRunAndChangeCopiesOfFilesThatNobodyCan() throws Exception {
    // Given
    for (String file : List.of("verify.sh", "more/deployment.yml", "more")) {
      boolean folder = Files.isDirectory(lesson.folder().resolve(file));
      Files.setPosixFilePermissions(
          lesson.folder().resolve(file),
          PosixFilePermissions.fromString(folder ? "r-xr-xr-x" : "r--r--r--"));
    }

    // When
    try (Workspace workspace = workspace("r")) {
      // Then
      assertThat(permissions(workspace.lesson().resolve("verify.sh"))).isEqualTo("rwx------");
      assertThat(permissions(workspace.lesson().resolve("more/deployment.yml")))
          .isEqualTo("rw-------");
      assertThat(permissions(workspace.lesson().resolve("more"))).startsWith("rwx");
    } finally {
      Files.setPosixFilePermissions(
          lesson.folder().resolve("more"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void findsTheImagesInManifestsAndCommands() throws Exception {
    try (Workspace workspace = workspace("r")) {
      assertThat(
              workspace.imagesOf(
                  Service.DEMO_APP, List.of("kubectl run x --image=podlab/demo-app:2")))
          .containsExactly("podlab/demo-app:2", "r/podlab/demo-app:1.0.0");
    }
  }

  @Test
  void isGoneWhenItIsClosed() throws Exception {
    // Given
    Workspace workspace = workspace(null);

    // When
    workspace.close();

    // Then
    assertThat(workspace.root()).doesNotExist();
  }
}
