package io.podlab.demo.command;

import io.podlab.demo.load.LoadTarget;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.start.TerminationLog;
import io.podlab.kit.text.Printable;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of demo-app. */
@Command(
    name = "demo-app",
    description =
        "The demo application. Without arguments it serves HTTP and reads its settings from LAB_…"
            + " variables. With one of these commands it runs that command and opens no port.",
    subcommands = {RunCommand.class, WaitForCommand.class, FetchCommand.class, LoadCommand.class},
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n")
public final class Commands {
  private static final int INVALID_ARGUMENTS = CommandLine.ExitCode.USAGE;

  /** picocli's text for a value that cannot be converted. */
  private static final Pattern INVALID_VALUE =
      Pattern.compile(
          "^Invalid value for (?:option '([^']+)'(?: \\([^)]*\\))?"
              + "|positional parameter at index \\d+ \\((\\w+)\\)): ");

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  private Commands() {}

  /**
   * Runs a command and waits until it ends.
   *
   * @return the exit code: 0 for success, 1 for failure, 2 for invalid arguments; {@code run}
   *     returns its {@code --exit}
   */
  public static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Commands())
        .registerConverter(Duration.class, Commands::duration)
        .registerConverter(Target.class, converter(Target::parse))
        .registerConverter(LoadTarget.class, converter(LoadTarget::parse))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setParameterExceptionHandler((invalid, arguments) -> refuse(invalid));
  }

  /** Prints one line, which {@code kubectl logs} and {@code kubectl describe pod} show. */
  private static int refuse(ParameterException invalid) {
    CommandLine command = invalid.getCommandLine();
    String usage =
        command.getParent() == null
            ? "use "
                + String.join(", ", command.getSubcommands().keySet())
                + ", --help or no arguments"
            : "usage: " + command.getHelp().synopsis(0).strip().replaceAll("\\s+", " ");
    String line =
        Printable.line(
            "%s: %s; %s".formatted(command.getCommandSpec().qualifiedName(), what(invalid), usage));
    command.getErr().println(line);
    TerminationLog.write(line);
    return INVALID_ARGUMENTS;
  }

  private static String what(ParameterException invalid) {
    if (invalid instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      String kind =
          first.startsWith("-")
              ? "unknown option"
              : invalid.getCommandLine().getParent() == null
                  ? "unknown command"
                  : "unexpected argument";
      return "%s '%s'".formatted(kind, first);
    }
    return INVALID_VALUE
        .matcher(invalid.getMessage())
        .replaceFirst("$1$2 is invalid: ")
        .replaceFirst("is not an int$", "is not an integer; use digits only, such as 1");
  }

  static void requireBetween(
      CommandSpec command, String option, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw invalid(
          command,
          option,
          "'%s' is out of range; use %s to %s"
              .formatted(
                  String.join(" ", command.findOption(option).originalStringValues()),
                  GoDuration.format(least),
                  GoDuration.format(most)));
    }
  }

  static ParameterException invalid(CommandSpec command, String option, String why) {
    return new ParameterException(
        command.commandLine(), "%s is invalid: %s".formatted(option, why));
  }

  private static Duration duration(String text) {
    try {
      return GoDuration.parse(text);
    } catch (IllegalArgumentException invalid) {
      throw new TypeConversionException(
          "'%s' is not a duration; use Go syntax such as 30s or 1m30s".formatted(text));
    }
  }

  private static <T> ITypeConverter<T> converter(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException invalid) {
        throw new TypeConversionException(invalid.getMessage());
      }
    };
  }
}
