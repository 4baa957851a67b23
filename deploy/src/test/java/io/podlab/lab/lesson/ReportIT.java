package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.Failure;
import io.podlab.lab.cluster.Chromium;
import io.podlab.lab.process.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code lab play --report} after a real play, in a real browser. */
@Tag("cluster")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ReportIT {
  @TempDir Path temporary;

  /** A container that ends and is restarted, with a promise of each outcome. */
  private Path lesson() throws Exception {
    Path source = Path.of("src/test/resources/lesson/01-exit-code").toAbsolutePath();
    Path folder = Files.createDirectory(temporary.resolve("01-report-test"));
    Files.copy(Path.of("../lessons/lesson.sh").toAbsolutePath(), temporary.resolve("lesson.sh"));
    Files.writeString(
        folder.resolve("pod.yaml"),
        Files.readString(source.resolve("pod.yaml")).replace("Never", "Always"));
    Files.writeString(
        folder.resolve("lesson.md"),
        """
        ---
        minutes: 1
        kubernetes: "1.20"
        images: demo-app
        ---
        # A restart

        ```sh
        kubectl apply -f pod.yaml
        ```
        """);
    Files.writeString(
        folder.resolve("verify.sh"),
        """
        . ../lesson.sh
        plan 3
        wait_until 60 restarted exit-code
        promise "the container was restarted" "<i>restarts</i>: $(of exit-code restartCount)" true
        promise "this fails" "nothing" false
        skip "this is skipped" "no reason at all"
        """);
    return folder;
  }

  @Test
  void showsThePromisesAndTheBoardsPicture() throws Exception {
    // Given
    Chromium.assumeThereIsOne();
    Path report = temporary.resolve("report.html");

    // When
    Command.Result play =
        Command.of(Path.of("lab").toAbsolutePath().toString(), "play", lesson().toString())
            .with("--report", report.toString())
            .withEnvironment("XDG_STATE_HOME", temporary.resolve("state").toString())
            .run();

    // Then
    assertThat(play.exitCode()).as(play.out() + play.err()).isEqualTo(Failure.FAILED);
    try (Chromium chromium = Chromium.open(report.toUri().toString())) {
      chromium.resize(800);
      assertThat(chromium.text(".promises li:nth-child(1)"))
          .matches("(?s)✓ holds\\s+the container was restarted\\s+seen: <i>restarts</i>: [1-9].*");
      assertThat(chromium.text(".promises li:nth-child(2)")).startsWith("✗ does not hold");
      assertThat(chromium.text(".promises li:nth-child(3)")).contains("no reason at all");
      assertThat(svg(chromium.values("img", "src")))
          .contains(">restarted</text>", ">exit-code</text>")
          .doesNotContain(ImageCheck.POD);
      assertThat((Boolean) chromium.evaluate("return document.images[0].naturalWidth > 1000"))
          .isTrue();
      assertThat((Long) chromium.evaluate("return document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(chromium.<Long>evaluate("return window.innerWidth"));
      assertThat(
              (List<?>)
                  chromium.evaluate(
                      "return performance.getEntriesByType('resource').map(one => one.name)"
                          + ".filter(name => !name.startsWith('data:'))"))
          .isEmpty();
    }
  }

  private static String svg(List<String> sources) {
    String prefix = "data:image/svg+xml;base64,";
    assertThat(sources).singleElement().asString().startsWith(prefix);
    byte[] decoded = Base64.getDecoder().decode(sources.get(0).substring(prefix.length()));
    return new String(decoded, StandardCharsets.UTF_8);
  }
}
