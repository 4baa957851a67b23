package io.podlab.lab.lesson;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Masks the parts of a line that differ between clusters and runs, such as addresses, ages and
 * generated names.
 *
 * @param namespace of the play; replaced by the name of the lesson
 * @param lesson the name of the lesson
 * @param nodes the names of the nodes; each is replaced by node1
 */
record Masks(String namespace, String lesson, List<String> nodes) {
  private record Mask(Pattern pattern, String replacement) {
    Mask(String pattern, String replacement) {
      this(Pattern.compile(pattern), replacement);
    }
  }

  /** The characters of generated names: no vowels and no characters that look similar. */
  private static final String GENERATED = "[bcdfghjklmnpqrstvwxz2456789]{5}\\b";

  /** An IPv6 address: eight groups, or fewer and {@code ::}. A time has neither. */
  private static final String IPV6 =
      "(?i)(?<![\\w:.])(?=[0-9a-f:]*::|([0-9a-f]{1,4}:){7})[0-9a-f:]*([0-9a-f]|::)(?!\\w|:\\w|\\.\\d)";

  private static final List<Mask> MASKS =
      List.of(
          new Mask("\\(\\d[0-9a-z.]* ago\\)", ""),
          new Mask("\\b\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?", "<time>"),
          new Mask("\\b\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?", "<time>"),
          new Mask("\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b", "<uid>"),
          new Mask("\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b", "<ip>"),
          new Mask("\\[" + IPV6 + "](?=:\\d)", "<ip>"),
          new Mask(IPV6, "<ip>"),
          new Mask("\\b[a-z0-9]{6}\\.[a-z0-9]{16}\\b", "<token>"),
          new Mask("\\b[0-9a-f]{32,}\\b", "<hex>"),
          new Mask("-[0-9a-f]{6,10}-" + GENERATED, "-<x>"),
          new Mask("-" + GENERATED, "-<x>"),
          new Mask("\\b(\\d+(\\.\\d+)?(ms|µs|h|m|s|d))+\\b", "<age>"),
          new Mask("\\b\\d+(\\.\\d+)? (s|ms|seconds)\\b", "<age>"),
          new Mask("<invalid>|<unknown>", "<age>"),
          // Three digits may be an exit code or a status, so only counts of requests are masked.
          new Mask("\\b\\d{4,}\\b", "<n>"),
          new Mask("\\b\\d{3}(?= (requests|answered|failed|by)\\b)", "<n>"));

  Masks {
    nodes = List.copyOf(nodes);
  }

  String of(String line) {
    String masked = line.replace(namespace, lesson);
    for (String node : nodes) {
      masked =
          masked.replaceAll("(?<![\\w.])" + Pattern.quote(node) + "(?![\\w-]|\\.\\w)", "node1");
    }
    for (Mask mask : MASKS) {
      masked = mask.pattern().matcher(masked).replaceAll(mask.replacement());
    }
    return masked.strip().replaceAll("\\s+", " ");
  }
}
