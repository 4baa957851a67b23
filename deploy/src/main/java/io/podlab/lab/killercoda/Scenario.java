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

/**
 * A lesson as a scenario. On the machine of the student, the files of the lesson are in {@code
 * /root/lessons/NAME}, and lesson.sh is in the folder above, as in this project.
 */
record Scenario(Lesson lesson, LessonText text, Words words, ImageNames images) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT = "/root/lessons";
  private static final String BEGIN = "begin.sh";
  private static final String SHARED = "lesson.sh";
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

  /** The student sources it, and {@code background.sh} has usually done its slow part before. */
  private String begin() {
    return lines(
        "# Source it in each terminal: . " + ROOT + "/" + BEGIN,
        "export NAMESPACE=" + lesson.name(),
        "until kubectl get namespace \"$NAMESPACE\" >/dev/null 2>&1; do",
        "  kubectl create namespace \"$NAMESPACE\" >/dev/null 2>&1 || sleep 1",
        "done",
        "kubectl config set-context --current --namespace=\"$NAMESPACE\" >/dev/null",
        "cd " + folder(),
        "if [ -f needs.sh ] && ! bash ./needs.sh; then",
        "  echo 'This cluster lacks something that the lesson needs; see the line above.'",
        "fi");
  }

  private String background() {
    return lines(
        "#!/bin/bash",
        "# Prepares the namespace while the student reads the introduction.",
        "until [ -f " + ROOT + "/" + BEGIN + " ]; do sleep 1; done",
        ". " + ROOT + "/" + BEGIN);
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
