package io.podlab.lab.killercoda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A strict check of the format of Killercoda, after https://killercoda.com/creators and the
 * repositories killercoda/scenario-examples and scenario-examples-courses. It knows only the keys
 * that the export needs, because Killercoda ignores a key with a typing error.
 */
final class Format {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> BACKENDS =
      Set.of("kubernetes-kubeadm-1node", "kubernetes-kubeadm-2nodes", "ubuntu");

  private final List<String> problems = new ArrayList<>();

  private Format() {}

  /** The problems of a folder with a structure.json, or with the index.json of a scenario. */
  static List<String> problems(Path folder) throws IOException {
    Format format = new Format();
    format.check(folder);
    return format.problems;
  }

  private void check(Path folder) throws IOException {
    if (Files.exists(folder.resolve("structure.json"))) {
      structure(folder);
    } else {
      scenario(folder);
    }
  }

  private void structure(Path folder) throws IOException {
    JsonNode structure = JSON.readTree(folder.resolve("structure.json").toFile());
    keys(folder, structure, Set.of("items"), Set.of("title", "description"));
    Set<String> known = new TreeSet<>(Set.of("structure.json"));
    for (JsonNode item : structure.path("items")) {
      keys(folder, item, Set.of("path"), Set.of());
      String path = item.path("path").asText();
      if (!path.matches("[A-Za-z0-9-]+") || !Files.isDirectory(folder.resolve(path))) {
        problem(folder, "'" + path + "' is not a folder in it");
      } else {
        check(folder.resolve(path));
      }
      known.add(path);
    }
    onlyThese(folder, known);
  }

  private void scenario(Path folder) throws IOException {
    JsonNode index = JSON.readTree(folder.resolve("index.json").toFile());
    keys(folder, index, Set.of("title", "description", "details", "backend"), Set.of());
    JsonNode details = index.path("details");
    keys(folder, details, Set.of("intro", "steps", "finish", "assets"), Set.of());
    Set<String> files = new TreeSet<>(Set.of("index.json", "assets"));
    page(folder, details.path("intro"), Set.of("text", "background"), files);
    page(folder, details.path("finish"), Set.of("text"), files);
    JsonNode steps = details.path("steps");
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i == steps.size() - 1;
      page(
          folder,
          steps.get(i),
          last ? Set.of("title", "text", "verify") : Set.of("title", "text"),
          files);
    }
    if (steps.isEmpty()) {
      problem(folder, "no steps");
    }
    onlyThese(folder, files);
    assets(folder, details.path("assets"));
    keys(folder, index.path("backend"), Set.of("imageid"), Set.of());
    if (!BACKENDS.contains(index.at("/backend/imageid").asText())) {
      problem(folder, "unknown imageid " + index.at("/backend/imageid"));
    }
  }

  private void page(Path folder, JsonNode page, Set<String> keys, Set<String> files)
      throws IOException {
    keys(folder, page, keys, Set.of());
    for (String key : Set.of("text", "background", "verify")) {
      if (page.has(key)) {
        files.add(page.path(key).asText());
        file(folder, page.path(key).asText());
      }
    }
    if (page.has("text") && Files.isRegularFile(folder.resolve(page.path("text").asText()))) {
      markdown(folder.resolve(page.path("text").asText()));
    }
  }

  private void assets(Path folder, JsonNode assets) throws IOException {
    keys(folder, assets, Set.of("host01"), Set.of());
    Set<String> files = new TreeSet<>();
    for (JsonNode asset : assets.path("host01")) {
      keys(folder, asset, Set.of("file", "target"), Set.of("chmod"));
      String name = asset.path("file").asText();
      files.add(name);
      file(folder.resolve("assets"), name);
      if (!asset.path("target").asText().matches("(/[a-z0-9-]+)+")) {
        problem(folder, "the target of " + name + " is not an absolute folder");
      }
      if (name.endsWith(".sh") != asset.path("chmod").asText().equals("+x")) {
        problem(folder, "chmod of " + name);
      }
    }
    onlyThese(folder.resolve("assets"), files);
  }

  /** Fences are closed, only commands can be clicked, and links do not leave the page. */
  private void markdown(Path file) throws IOException {
    String fence = "";
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      if (fence.isEmpty() && line.startsWith("```")) {
        fence = line;
        if (!line.matches("```(sh|text|[a-z]*)")) {
          problem(file, "begins a block with " + line);
        }
      } else if (line.startsWith("```")) {
        if (!line.matches(fence.equals("```sh") ? "```\\{\\{exec( interrupt)?}}" : "```")) {
          problem(file, "ends a block " + fence + " with " + line);
        }
        fence = "";
      } else if (fence.isEmpty() && line.matches(".*(`\\{\\{|\\]\\((?!https://)).*")) {
        problem(file, "has a relative link or an action: " + line);
      }
    }
    if (!fence.isEmpty()) {
      problem(file, "a block does not end");
    }
  }

  private void file(Path folder, String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || !Files.isRegularFile(folder.resolve(name))) {
      problem(folder, "'" + name + "' is not a file in it");
    }
  }

  private void onlyThese(Path folder, Set<String> names) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !names.contains(name))
          .forEach(name -> problem(folder, name + " is not used"));
    }
  }

  private void keys(Path folder, JsonNode object, Set<String> required, Set<String> optional) {
    required.stream()
        .filter(key -> isEmpty(object.path(key)))
        .forEach(key -> problem(folder, "no " + key));
    object
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!required.contains(key) && !optional.contains(key)) {
                problem(folder, "unknown key " + key);
              }
            });
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isTextual() ? value.asText().isBlank() : value.isEmpty();
  }

  private void problem(Path where, String what) {
    problems.add(where.getFileName() + ": " + what);
  }
}
