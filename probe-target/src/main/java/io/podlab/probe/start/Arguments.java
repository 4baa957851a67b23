package io.podlab.probe.start;

import io.podlab.kit.text.Printable;
import io.podlab.probe.schedule.Schedule;
import io.podlab.probe.schedule.ScheduleSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command line. {@code /server} (the training, the older Kubernetes documentation) and {@code
 * liveness} (agnhost) ask for what this program does anyway; {@code --liveness=ok:30s,fail} says
 * the same as the variable {@code LAB_PROBE_LIVENESS}, and goes before it.
 */
final class Arguments {
  private static final List<String> SUBCOMMANDS = List.of("/server", "liveness");
  private static final Pattern OPTION =
      Pattern.compile("--(liveness|readiness|startup|tcp)=(.*)", Pattern.DOTALL);
  private static final String ACCEPTED =
      "the arguments are /server, liveness or none, then any of --liveness=SCHEDULE,"
          + " --readiness=SCHEDULE, --startup=SCHEDULE, --tcp=SCHEDULE (such as ok:30s,fail)";

  private static final int LONGEST_SHOWN = 200;

  private Arguments() {}

  /**
   * The configuration properties that they set.
   *
   * @throws IllegalArgumentException with the line to end with
   */
  static Map<String, String> parse(String... arguments) {
    Map<String, String> properties = new TreeMap<>();
    for (int i = 0; i < arguments.length; i++) {
      Matcher option = OPTION.matcher(arguments[i]);
      if (option.matches()) {
        String name = option.group(1);
        if (properties.put("lab.probe." + name, schedule(name, option.group(2))) != null) {
          throw new IllegalArgumentException("--" + name + " is given twice");
        }
      } else if (i > 0 || !SUBCOMMANDS.contains(arguments[i])) {
        throw new IllegalArgumentException(
            ACCEPTED + ", but got: " + Printable.line(String.join(" ", arguments), LONGEST_SHOWN));
      }
    }
    return properties;
  }

  private static String schedule(String name, String text) {
    try {
      return Schedule.parse(text).toString();
    } catch (ScheduleSyntaxException senseless) {
      throw new IllegalArgumentException(
          "--%s makes no sense: %s".formatted(name, senseless.getMessage()));
    }
  }
}
