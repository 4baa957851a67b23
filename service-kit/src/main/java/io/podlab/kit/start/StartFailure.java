package io.podlab.kit.start;

import io.podlab.kit.settings.LiteralSettings;
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
 * Why the service does not start, as the one line that {@code kubectl logs} and {@code kubectl
 * describe pod} show of a container that crashes. A refusal gets no stack trace; only what nobody
 * foresaw keeps it, in the log.
 */
final class StartFailure {
  private static final Pattern PROPERTY = Pattern.compile("[a-z][a-z-]*(\\.[a-zA-Z0-9-]+)+");
  private static final Pattern CONVERSION =
      Pattern.compile(
          "SRCFG00039: The config property (?<property>\\S+) with the config value \"(?<value>.*)\""
              + " threw an Exception whilst being converted\\s+(?<why>.*)",
          Pattern.DOTALL);
  private static final String ENUM = "(?s)^Cannot convert .* to enum class \\S+ allowed values: ";
  private static final Pattern EMPTY =
      Pattern.compile("SRCFG0004[01]: The config property (?<property>\\S+) ");
  private static final String CODES = "^([\\w.$]+(Exception|Error): )?(SRCFG\\d+: )?";
  private static final int LONGEST_SHOWN = 200;
  private static final int LONGEST_LINE = 2000;

  private StartFailure() {}

  /** What {@code Quarkus.run} calls at the end, with no cause when all went well. */
  static void exit(int exitCode, Throwable cause) {
    if (cause != null) {
      Optional<String> refusal = refusal(cause);
      refusal.ifPresentOrElse(StartFailure::print, () -> printUnforeseen(cause));
    }
    System.exit(exitCode);
  }

  static void print(String refusal) {
    String line = line(refusal);
    System.err.println(line);
    TerminationLog.write(line);
  }

  private static void printUnforeseen(Throwable cause) {
    cause.printStackTrace();
    TerminationLog.write(line(ExceptionUtil.getRootCause(cause).toString()));
  }

  private static String line(String why) {
    return "cannot start: " + Printable.line(why, LONGEST_LINE);
  }

  /** The line for a failure whose cause lies with the configuration; empty for any other. */
  static Optional<String> refusal(Throwable failure) {
    Throwable root = ExceptionUtil.getRootCause(failure);
    if (root instanceof QuarkusBindException bind) {
      return Optional.of(
          isOfThisMachine(bind.getHost())
              ? "port %d of %s is in use; free it, or choose another with QUARKUS_HTTP_PORT"
                  .formatted(bind.getPort(), bind.getHost())
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

  /** Quarkus takes any number for a port, and fails with it later. */
  private static Optional<String> impossiblePort() {
    return ConfigProvider.getConfig()
        .getOptionalValue("quarkus.http.port", Integer.class)
        .flatMap(StartFailure::impossiblePort);
  }

  static Optional<String> impossiblePort(int port) {
    return port >= 0 && port <= 65_535
        ? Optional.empty()
        : Optional.of("QUARKUS_HTTP_PORT=\"%d\" is invalid: a port is 0 to 65535".formatted(port));
  }

  private static String notOfThisMachine(String host) {
    return "QUARKUS_HTTP_HOST=\"%s\" is invalid: it is not an address of this machine"
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

  /** {@code LAB_POD_IP="x": …}: a problem in terms of the variable that the person has set. */
  private static String readable(String problem) {
    Matcher conversion = CONVERSION.matcher(problem);
    if (conversion.find()) {
      String why = conversion.group("why").replaceFirst(CODES, "").replaceFirst(ENUM, "accepted: ");
      return "%s=\"%s\" is invalid: %s"
          .formatted(
              LiteralSettings.variable(conversion.group("property")),
              Printable.line(conversion.group("value"), LONGEST_SHOWN),
              oneLine(why));
    }
    Matcher empty = EMPTY.matcher(problem);
    if (empty.find()) {
      return LiteralSettings.variable(empty.group("property"))
          + " is empty; leave it out for its default";
    }
    String why = problem.replaceFirst(CODES, "");
    Matcher property = PROPERTY.matcher(why);
    return oneLine(property.find() ? LiteralSettings.variable(property.group()) + ": " + why : why);
  }

  private static String oneLine(String text) {
    return Printable.line(text.strip().replaceAll("\\s+", " "), LONGEST_SHOWN);
  }
}
