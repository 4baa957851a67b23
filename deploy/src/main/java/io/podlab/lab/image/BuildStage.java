package io.podlab.lab.image;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an engine is doing, from a line of its build log. */
final class BuildStage {
  private static final int WIDTH = 60;

  // [4/6] STEP 2/4: COPY . /opt/podlab/app
  private static final Pattern PODMAN =
      Pattern.compile("\\[(\\d+)/(\\d+)\\] STEP (\\d+)/(\\d+): (.*)");
  // #12 [trained 2/3] COPY . /opt/podlab/app
  private static final Pattern BUILDKIT = Pattern.compile("#\\d+ \\[(\\S+ +\\d+/\\d+)\\] (.*)");
  // Step 14/27 : COPY . /opt/podlab/app
  private static final Pattern CLASSIC = Pattern.compile("Step (\\d+)/(\\d+) : (.*)");

  private BuildStage() {}

  /** The stage that this line begins, or {@code before} if it begins none. */
  static String after(String line, String before) {
    Matcher podman = PODMAN.matcher(line);
    if (podman.matches()) {
      return cut(
          "stage %s of %s, step %s of %s: %s"
              .formatted(
                  podman.group(1),
                  podman.group(2),
                  podman.group(3),
                  podman.group(4),
                  podman.group(5)));
    }
    Matcher buildkit = BUILDKIT.matcher(line);
    if (buildkit.matches()) {
      return cut("stage " + buildkit.group(1) + ": " + buildkit.group(2));
    }
    Matcher classic = CLASSIC.matcher(line);
    if (classic.matches()) {
      return cut(
          "step %s of %s: %s".formatted(classic.group(1), classic.group(2), classic.group(3)));
    }
    return before;
  }

  private static String cut(String text) {
    String single = text.replaceAll("\\s+", " ");
    return single.length() <= WIDTH ? single : single.substring(0, WIDTH - 1) + "…";
  }
}
