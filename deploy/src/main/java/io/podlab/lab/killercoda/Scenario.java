package io.podlab.lab.killercoda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podlab.lab.Failure;
import io.podlab.lab.lesson.ImageNames;
import io.podlab.lab.lesson.Lesson;
import io.podlab.lab.lesson.LessonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A lesson as a scenario. On the machine of the student, the files of the lesson are in {@code
 * /root/lessons/NAME}, and lesson.sh is in the folder above, as in this project.
 */
record Scenario(Lesson lesson, LessonText text, Words words, ImageNames images) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT = "/root/lessons";
  private static final String BEGIN = "begin.sh";
  private static final String SHARED = "lesson.sh";
  private static final String NEEDS = "needs.sh";

  /** What the preparation printed; empty if all is well. It exists when the preparation ended. */
  private static final String PREPARED = ROOT + "/prepared";

  private static final String BACKEND = "kubernetes-kubeadm-1node";

  void write(Path folder) throws IOException {
    Path assets = Files.createDirectories(folder.resolve("assets"));
    ScenarioText parts = ScenarioText.of(text, words, images, ROOT + "/" + BEGIN);
    for (int step = 0; step < parts.steps().size(); step++) {
      Files.writeString(folder.resolve(stepFile(step)), parts.steps().get(step));
    }
    Files.writeString(folder.resolve("intro.md"), parts.intro());
    Files.writeString(folder.resolve("finish.md"), parts.finish());
    Files.writeString(folder.resolve("background.sh"), background());
    Files.writeString(folder.resolve("verify.sh"), verify());
    Files.writeString(assets.resolve(BEGIN), begin());
    Files.copy(lesson.folder().resolveSibling(SHARED), assets.resolve(SHARED));
    for (Path file : lesson.files()) {
      copy(file, assets.resolve(file.getFileName()));
    }
    Export.write(folder.resolve("index.json"), index(parts));
  }

  private static String stepFile(int step) {
    return "step" + (step + 1) + ".md";
  }

  private void copy(Path from, Path to) throws IOException {
    if (!Files.isRegularFile(from)) {
      throw Failure.failed(from + " cannot be exported, because it is not a file");
    }
    Files.writeString(to, images.in(Files.readString(from, StandardCharsets.UTF_8)));
  }

  private ObjectNode index(ScenarioText parts) throws IOException {
    ObjectNode index =
        JSON.createObjectNode().put("title", text.title()).put("description", parts.description());
    ObjectNode details = index.putObject("details");
    details.putObject("intro").put("text", "intro.md").put("background", "background.sh");
    ArrayNode steps = details.putArray("steps");
    for (int step = 0; step < parts.steps().size(); step++) {
      steps.addObject().put("title", words.step().formatted(step + 1)).put("text", stepFile(step));
    }
    ((ObjectNode) steps.get(steps.size() - 1)).put("verify", "verify.sh");
    details.putObject("finish").put("text", "finish.md");
    ArrayNode assets = details.putObject("assets").putArray("host01");
    asset(assets, BEGIN, ROOT);
    asset(assets, SHARED, ROOT);
    for (Path file : lesson.files()) {
      asset(assets, file.getFileName().toString(), folder());
    }
    index.putObject("backend").put("imageid", BACKEND);
    return index;
  }

  private static void asset(ArrayNode assets, String file, String target) {
    ObjectNode asset = assets.addObject().put("file", file).put("target", target);
    if (file.endsWith(".sh")) {
      asset.put("chmod", "+x");
    }
  }

  private String folder() {
    return ROOT + "/" + lesson.name();
  }

  /** The student sources it in each terminal. Only {@code background.sh} changes the cluster. */
  private String begin() {
    return lines(
        "# Source it in each terminal: . " + ROOT + "/" + BEGIN,
        "export NAMESPACE=" + lesson.name(),
        "[ -f " + PREPARED + " ] || echo 'Waiting for the cluster ...'",
        "for _ in {1..300}; do",
        "  [ -f " + PREPARED + " ] && break",
        "  sleep 1",
        "done",
        "cat " + PREPARED + " 2>/dev/null ||",
        "  echo 'The cluster was not ready within 5 minutes. Start the scenario again.'",
        "kubectl config set-context --current --namespace=\"$NAMESPACE\" >/dev/null",
        "cd " + folder());
  }

  /**
   * Runs needs.sh once: it may create and delete objects with the names of those of the lesson, so
   * it must not run again while the student plays.
   */
  private String background() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("#!/bin/bash");
    lines.add("# Prepares the cluster while the student reads the introduction; begin.sh waits.");
    lines.add("export NAMESPACE=" + lesson.name());
    // Killercoda does not say when, and in which order, it copies the assets.
    lines.add("until cd " + ROOT + " 2>/dev/null; do sleep 1; done");
    lines.add("for file in " + String.join(" ", placed()) + "; do");
    lines.add("  until [ -f \"$file\" ]; do sleep 1; done");
    lines.add("done");
    lines.add("prepare() {");
    lines.add("  for _ in {1..60}; do");
    lines.add("    kubectl get namespace \"$NAMESPACE\" >/dev/null 2>&1 && break");
    lines.add("    problem=$(kubectl create namespace \"$NAMESPACE\" 2>&1) || sleep 1");
    lines.add("  done");
    lines.add("  if ! kubectl get namespace \"$NAMESPACE\" >/dev/null 2>&1; then");
    lines.add("    echo \"The namespace cannot be created: $problem\"");
    lines.add("    return");
    lines.add("  fi");
    lines.add("  kubectl config set-context --current --namespace=\"$NAMESPACE\" >/dev/null");
    if (Files.exists(lesson.folder().resolve(NEEDS))) {
      lines.add("  problem=$(bash \"$NAMESPACE\"/" + NEEDS + " 2>&1) ||");
      lines.add("    echo \"This cluster cannot play the lesson: $problem\"");
    }
    lines.add("}");
    lines.add("prepare >" + PREPARED + ".part 2>&1");
    lines.add("mv " + PREPARED + ".part " + PREPARED);
    return lines(lines.toArray(String[]::new));
  }

  /** The assets, relative to {@code ROOT}. */
  private List<String> placed() throws IOException {
    List<String> placed = new ArrayList<>(List.of(BEGIN, SHARED));
    lesson.files().forEach(file -> placed.add(lesson.name() + "/" + file.getFileName()));
    return placed;
  }

  private String verify() {
    return lines(
        "#!/bin/bash",
        "# Runs the lesson's own verify.sh where it finds " + SHARED + ", in the folder above it.",
        "export NAMESPACE=" + lesson.name(),
        "cd " + folder() + " && exec bash ./verify.sh");
  }

  private static String lines(String... lines) {
    return String.join("\n", lines) + "\n";
  }
}
