package io.podlab.demo.command;

import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.text.Printable;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The command line of the program. */
@Command(
    name = "demo-app",
    description =
        "The application of the demos. Without arguments it serves HTTP, set up by LAB_… variables;"
            + " with one of these commands it opens no port.",
    subcommands = {RunCommand.class, WaitForCommand.class, FetchCommand.class},
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n")
public final class Commands {
  private static final int MISTYPED = CommandLine.ExitCode.USAGE;

  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  private Commands() {}

  /**
   * Returns when the command has ended.
   *
   * @return its exit code: 0 done, 1 tried in vain, 2 arguments that make no sense; of {@code run}
   *     the one that was asked for
   */
  public static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Commands())
        .registerConverter(Duration.class, new DurationConverter())
        .registerConverter(Target.class, new TargetConverter())
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setParameterExceptionHandler((mistake, arguments) -> refuse(mistake));
  }

  /** One line, as the log of a container that crashes has room for. */
  private static int refuse(ParameterException mistake) {
    CommandLine command = mistake.getCommandLine();
    String accepted =
        command.getParent() == null
            ? String.join(", ", command.getSubcommands().keySet()) + ", --help, or no argument"
            : command.getHelp().synopsis(0);
    command
        .getErr()
        .println(
            Printable.line(
                "%s: %s; accepted: %s"
                    .formatted(
                        command.getCommandSpec().qualifiedName(),
                        mistake.getMessage(),
                        accepted.strip().replaceAll("\\s+", " "))));
    return MISTYPED;
  }

  static void requireBetween(
      CommandSpec command, String option, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new ParameterException(
          command.commandLine(),
          "%s is from %s to %s"
              .formatted(option, GoDuration.format(least), GoDuration.format(most)));
    }
  }

  private static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return GoDuration.parse(text);
      } catch (IllegalArgumentException mistake) {
        throw new TypeConversionException(mistake.getMessage() + " (such as 30s, 1m30s)");
      }
    }
  }

  private static final class TargetConverter implements ITypeConverter<Target> {
    @Override
    public Target convert(String text) {
      try {
        return Target.parse(text);
      } catch (IllegalArgumentException mistake) {
        throw new TypeConversionException(mistake.getMessage());
      }
    }
  }
}
