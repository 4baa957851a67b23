package io.podlab.lab.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The services share no code, and behave alike all the same: what each of them repeats is the same
 * in all of them, but for the name of its package.
 */
class SharedContractsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Map<String, String> PACKAGES =
      Map.of(
          "demo-app", "demo",
          "probe-target", "probe",
          "token-service", "token",
          "configmap-service", "config");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "main/java/http/",
        "main/java/start/LogFormat.java",
        "main/java/start/StartFailure.java",
        "main/java/start/package-info.java",
        "main/java/state/StateDirectory.java",
        "main/java/clock/",
        "main/java/duration/",
        "main/java/signal/",
        "test/java/LayoutTest.java",
        "test/java/clock/",
        "test/java/duration/",
        "test/java/http/ContractTest.java",
        "test/java/http/ProblemTest.java",
        "test/java/start/PackagedService.java",
        "test/java/start/LogFormatTest.java",
        "test/java/start/StartFailureTest.java",
      })
  void areTheSameInEveryServiceThatHasThem(String what) throws IOException {
    // When
    Map<String, Map<String, String>> copies = new TreeMap<>();
    for (Map.Entry<String, String> service : PACKAGES.entrySet()) {
      Map<String, String> copy = copy(service.getKey(), service.getValue(), what);
      if (!copy.isEmpty()) {
        copies.put(service.getKey(), copy);
      }
    }

    // Then
    assertThat(copies).hasSizeGreaterThanOrEqualTo(2);
    assertThat(copies.values().stream().distinct())
        .describedAs("copies of %s in %s; change all of them together", what, copies.keySet())
        .hasSize(1);
  }

  @Test
  void everyServiceHasTheContractsOfHttpAndStart() {
    assertThat(PACKAGES)
        .allSatisfy(
            (service, name) -> {
              Path main = ROOT.resolve(service).resolve("src/main/java/io/podlab").resolve(name);
              assertThat(main.resolve("http/Problem.java")).exists();
              assertThat(main.resolve("start/StartFailure.java")).exists();
            });
  }

  private static Map<String, String> copy(String service, String name, String what)
      throws IOException {
    String[] halves = what.split("/java/");
    Path top = ROOT.resolve(service).resolve("src/" + halves[0] + "/java/io/podlab").resolve(name);
    Path given = top.resolve(halves[1]);
    if (!Files.exists(given)) {
      return Map.of();
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(given)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    return files.stream()
        .collect(
            Collectors.toMap(file -> top.relativize(file).toString(), file -> neutral(file, name)));
  }

  private static String neutral(Path file, String name) {
    try {
      return Files.readString(file).replace("io.podlab." + name, "io.podlab.SERVICE");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
