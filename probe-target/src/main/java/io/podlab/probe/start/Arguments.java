package io.podlab.probe.start;

import io.podlab.kit.text.Printable;
import io.podlab.probe.schedule.Schedule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the command line. {@code /server} (the training, older Kubernetes documentation) and
 * {@code liveness} (agnhost) have no effect, so that existing manifests work. {@code
 * --liveness=ok:30s,fail} overrides the variable {@code LAB_PROBE_LIVENESS}.
 */
final class Arguments {
  private static final List<String> SUBCOMMANDS = List.of("/server", "liveness");
  private static final Pattern OPTION =
      Pattern.compile("--(liveness|readiness|startup|tcp)=(.*)", Pattern.DOTALL);
  private static final String ACCEPTED =
      "use [/server|liveness] [--liveness=SCHEDULE] [--readiness=SCHEDULE] [--startup=SCHEDULE]"
          + " [--tcp=SCHEDULE], such as --tcp=ok:30s,fail";

  private static final int LONGEST_SHOWN = 200;

  private Arguments() {}

  /**
   * Returns the configuration properties that the arguments set.
   *
   * @throws IllegalArgumentException with the message for the user
   */
  static Map<String, String> parse(String... arguments) {
    Map<String, String> properties = new TreeMap<>();
    for (int i = 0; i < arguments.length; i++) {
      Matcher option = OPTION.matcher(arguments[i]);
      if (option.matches()) {
        String name = option.group(1);
        if (properties.put("lab.probe." + name, schedule(name, option.group(2))) != null) {
          throw new IllegalArgumentException("--" + name + " is given twice; use it once");
        }
      } else if (i > 0 || !SUBCOMMANDS.contains(arguments[i])) {
        throw new IllegalArgumentException(
            "'%s' is not a valid argument; %s"
                .formatted(Printable.line(arguments[i], LONGEST_SHOWN), ACCEPTED));
      }
    }
    return properties;
  }

  private static String schedule(String name, String text) {
    try {
      return Schedule.parse(text).toString();
    } catch (IllegalArgumentException invalid) {
      throw new IllegalArgumentException(
          "--%s is invalid: %s".formatted(name, invalid.getMessage()));
    }
  }
}
