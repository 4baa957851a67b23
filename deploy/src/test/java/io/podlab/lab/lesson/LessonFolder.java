package io.podlab.lab.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A lesson for tests that needs only bash. */
final class LessonFolder {
  private final Path folder;

  LessonFolder(Path root, String name) throws IOException {
    folder = Files.createDirectories(root.resolve(name));
    Files.writeString(root.resolve("lesson.sh"), "# shared\n");
    with("lesson.md", text("Title"));
    with("pod.yaml", "image: podlab/probe-target:1.0.0\n");
    with("verify.sh", "echo '1..1'; echo 'ok 1 - it is so (as seen)'\n");
  }

  static String text(String title) {
    return """
    ---
    minutes: 1
    kubernetes: "1.20"
    images: probe-target
    ---
    # %s

    A sentence.

    ```sh
    echo one
    echo "$NAMESPACE"
    ```

    ```console
    one
    ...
    ```

    ## Read more

    - [Probes](https://kubernetes.io)
    """
        .formatted(title);
  }

  LessonFolder with(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content);
    return this;
  }

  LessonFolder typing(String blocks) throws IOException {
    return with(
        "lesson.md",
        "---\nminutes: 1\nkubernetes: \"1.20\"\n---\n# Title\n\nA sentence.\n\n" + blocks + "\n");
  }

  Lesson lesson() {
    return Lesson.in(folder);
  }
}
