package io.podlab.demo.command;

import io.podlab.demo.load.LoadTarget;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.start.TerminationLog;
import io.podlab.kit.text.Printable;
import java.time.Duration;
import java.util.function.Function;
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
    subcommands = {RunCommand.class, WaitForCommand.class, FetchCommand.class, LoadCommand.class},
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
   * @return its exit code: 0 done, 1 tried in vain, 2 invalid arguments; of {@code run} the one
   *     that was asked for
   */
  public static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Commands())
        .registerConverter(
            Duration.class, converter(GoDuration::parse, "; use for example 30s or 1m30s"))
        .registerConverter(Target.class, converter(Target::parse, ""))
        .registerConverter(LoadTarget.class, converter(LoadTarget::parse, ""))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setParameterExceptionHandler((mistake, arguments) -> refuse(mistake));
  }

  /** One line, for the log of a container that crashes and for {@code kubectl describe pod}. */
  private static int refuse(ParameterException mistake) {
    CommandLine command = mistake.getCommandLine();
    String accepted =
        command.getParent() == null
            ? String.join(", ", command.getSubcommands().keySet()) + ", --help, or no argument"
            : command.getHelp().synopsis(0);
    String line =
        Printable.line(
            "%s: %s; accepted: %s"
                .formatted(
                    command.getCommandSpec().qualifiedName(),
                    mistake.getMessage(),
                    accepted.strip().replaceAll("\\s+", " ")));
    command.getErr().println(line);
    TerminationLog.write(line);
    return MISTYPED;
  }

  static void requireBetween(
      CommandSpec command, String option, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new ParameterException(
          command.commandLine(),
          "%s is invalid: use %s to %s, got '%s'"
              .formatted(
                  option,
                  GoDuration.format(least),
                  GoDuration.format(most),
                  String.join(" ", command.findOption(option).originalStringValues())));
    }
  }

  private static <T> ITypeConverter<T> converter(Function<String, T> parser, String example) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException mistake) {
        throw new TypeConversionException(mistake.getMessage() + example);
      }
    };
  }
}
