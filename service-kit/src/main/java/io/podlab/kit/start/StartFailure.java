package io.podlab.kit.start;

import io.podlab.kit.settings.LiteralSettings;
import io.podlab.kit.settings.PortSetting;
import io.podlab.kit.text.Printable;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Explains why the service does not start, in one line that {@code kubectl logs} and {@code kubectl
 * describe pod} show. Only unexpected errors print a stack trace, to stderr.
 */
final class StartFailure {
  private static final Pattern PROPERTY = Pattern.compile("[a-z][a-z-]*(\\.[a-zA-Z0-9-]+)+");
  private static final Pattern CONVERSION =
      Pattern.compile(
          "SRCFG00039: The config property (?<property>\\S+) with the config value \"(?<value>.*)\""
              + " threw an Exception whilst being converted\\s+(?<why>.*)",
          Pattern.DOTALL);
  private static final Pattern ENUM =
      Pattern.compile("(?s)^Cannot convert .* to enum class \\S+ allowed values: (?<values>.*)");
  private static final Pattern NUMBER =
      Pattern.compile("(?s)^Expected (?<type>an? \\w+) value, got .*");
  private static final Pattern REQUIRED =
      Pattern.compile("SRCFG00014: The config property (?<property>\\S+) is required");

  /** The end of a sentence that starts with the value. */
  private static final Pattern PREDICATE = Pattern.compile("(is|has|must|does|cannot) ");

  private static final Pattern EMPTY =
      Pattern.compile("SRCFG0004[01]: The config property (?<property>\\S+) ");
  private static final String CODES = "^([\\w.$]+(Exception|Error): )?(SRCFG\\d+: )?";
  private static final int LONGEST_SHOWN = 200;
  private static final int LONGEST_LINE = 2000;

  private StartFailure() {}

  /**
   * Called by {@code Quarkus.run} at the end.
   *
   * @param cause null if the service stopped normally
   */
  static void exit(int exitCode, Throwable cause) {
    if (cause != null) {
      Optional<String> refusal = refusal(cause);
      refusal.ifPresentOrElse(StartFailure::print, () -> printUnexpected(cause));
    }
    System.exit(exitCode);
  }

  static void print(String refusal) {
    String line = line(refusal);
    System.err.println(line);
    TerminationLog.write(line);
  }

  private static void printUnexpected(Throwable cause) {
    cause.printStackTrace();
    TerminationLog.write(line(ExceptionUtil.getRootCause(cause).toString()));
  }

  private static String line(String why) {
    return "cannot start: " + Printable.line(why, LONGEST_LINE);
  }

  /** The message for an error in the configuration; empty for any other failure. */
  static Optional<String> refusal(Throwable failure) {
    Throwable root = ExceptionUtil.getRootCause(failure);
    if (root instanceof QuarkusBindException bind) {
      return Optional.of(
          isOfThisMachine(bind.getHost())
              ? Start.portInUse(bind.getPort(), bind.getHost(), portSetting(bind.getPort()))
              : notOfThisMachine(bind.getHost()));
    }
    if (root instanceof UnknownHostException unknown && unknown.getMessage() != null) {
      Optional<String> host =
          ConfigProvider.getConfig()
              .getOptionalValue("quarkus.http.host", String.class)
              .filter(unknown.getMessage()::startsWith);
      if (host.isPresent()) {
        return host.map(StartFailure::notOfThisMachine);
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigValidationException invalid) {
        return Optional.of(
            IntStream.range(0, invalid.getProblemCount())
                .mapToObj(i -> readable(invalid.getProblem(i).getMessage()))
                .collect(Collectors.joining("; ")));
      }
    }
    if (root instanceof IllegalArgumentException) {
      Optional<String> port = impossiblePort();
      if (port.isPresent()) {
        return port;
      }
    }
    if (root instanceof ConfigurationException refused) {
      return Optional.of(refused.getMessage());
    }
    return Optional.empty();
  }

  /** Quarkus accepts any number as a port, and fails later. */
  private static Optional<String> impossiblePort() {
    return ConfigProvider.getConfig()
        .getOptionalValue("quarkus.http.port", Integer.class)
        .flatMap(StartFailure::impossiblePort);
  }

  static Optional<String> impossiblePort(int port) {
    return port >= 0 && port <= 65_535
        ? Optional.empty()
        : Optional.of(
            "QUARKUS_HTTP_PORT is invalid: '%d' %s".formatted(port, PortSetting.EXPECTED));
  }

  /** The setting of one of the two ports of Quarkus. */
  private static String portSetting(int port) {
    return ConfigProvider.getConfig()
        .getOptionalValue("quarkus.http.port", Integer.class)
        .filter(plain -> plain != port)
        .map(plain -> "LAB_TLS_PORT")
        .orElse("QUARKUS_HTTP_PORT");
  }

  private static String notOfThisMachine(String host) {
    return ("QUARKUS_HTTP_HOST is invalid: '%s' is not an address of this machine;"
            + " use 127.0.0.1, or 0.0.0.0 for all addresses")
        .formatted(host);
  }

  private static boolean isOfThisMachine(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException unknown) {
      return false;
    }
  }

  /** Names the variable: {@code LAB_POD_IP is invalid: 'x' is not …}. */
  private static String readable(String problem) {
    Matcher conversion = CONVERSION.matcher(problem);
    if (conversion.find()) {
      return "%s is invalid: %s"
          .formatted(
              LiteralSettings.variable(conversion.group("property")),
              withValue(
                  Printable.line(conversion.group("value"), LONGEST_SHOWN),
                  oneLine(
                      ours(
                          conversion.group("property"),
                          conversion.group("why").replaceFirst(CODES, "")))));
    }
    Matcher empty = EMPTY.matcher(problem);
    if (empty.find()) {
      return LiteralSettings.empty(LiteralSettings.variable(empty.group("property")));
    }
    Matcher required = REQUIRED.matcher(problem);
    if (required.find()) {
      return LiteralSettings.variable(required.group("property")) + " is required; set a value";
    }
    String why = problem.replaceFirst(CODES, "");
    Matcher property = PROPERTY.matcher(why);
    return oneLine(property.find() ? LiteralSettings.variable(property.group()) + ": " + why : why);
  }

  /** Rewrites the messages of SmallRye Config's own converters. */
  private static String ours(String property, String why) {
    Matcher oneOf = ENUM.matcher(why);
    if (oneOf.matches()) {
      String values = String.join(", ", oneOf.group("values").strip().split("\\s*,\\s*"));
      return "is not a valid value; use " + values.replaceFirst(", ([^,]*)$", " or $1");
    }
    Matcher number = NUMBER.matcher(why);
    if (!number.matches()) {
      return why;
    }
    return property.equals("quarkus.http.port")
        ? PortSetting.EXPECTED
        : "is not " + number.group("type") + "; use digits only, such as 100";
  }

  /**
   * A converter's message is the end of a sentence, such as {@code is not a valid value; use on or
   * off}, or repeats the value itself in single quotes.
   */
  private static String withValue(String value, String why) {
    String quoted = "'" + value + "'";
    if (why.contains(quoted)) {
      return why;
    }
    return quoted + (PREDICATE.matcher(why).lookingAt() ? " " : ": ") + why;
  }

  private static String oneLine(String text) {
    return Printable.line(text.strip().replaceAll("\\s+", " "), LONGEST_SHOWN);
  }
}
