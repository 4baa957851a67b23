package io.podlab.lab.image;

import io.podlab.lab.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Fake programs that record their calls. */
final class FakePrograms {
  private final Path folder;

  FakePrograms(Path folder) {
    this.folder = folder;
  }

  /** A program that records its arguments, one call a line, and then does {@code body}. */
  Path add(String name, String body) throws IOException {
    Path program = folder.resolve(name);
    Files.writeString(
        program, "#!/bin/sh\necho \"" + name + " $*\" >>'" + calls() + "'\n" + body + "\n");
    if (!program.toFile().setExecutable(true)) {
      throw new IOException("not executable: " + program);
    }
    return program;
  }

  /** A fake podman for {@code lab images}. It saves an archive as an empty file. */
  Path addPodman() throws IOException {
    return add(
        "podman",
        """
        case $1 in
          --version) echo podman version 5.0.0;;
          build) echo '[1/6] STEP 1/2: FROM somewhere';;
          save) while [ "$1" != --output ]; do shift; done; : >"$2";;
          image) echo 121900000;;
        esac""");
  }

  SearchPath searchPath() {
    return new SearchPath(List.of(folder));
  }

  List<String> recorded() throws IOException {
    return Files.exists(calls()) ? Files.readAllLines(calls()) : List.of();
  }

  private Path calls() {
    return folder.resolve("calls.txt");
  }
}
