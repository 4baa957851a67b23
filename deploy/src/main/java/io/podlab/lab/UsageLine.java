package io.podlab.lab;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in one line: the whole usage would bury it. */
final class UsageLine {
  private UsageLine() {}

  static String of(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    return what(exception) + "; see `" + command.getCommandSpec().qualifiedName() + " --help`";
  }

  private static String what(ParameterException exception) {
    if (exception instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      String what =
          first.startsWith("-")
              ? "unknown option '" + first + "'"
              : unmatched.getCommandLine().getSubcommands().isEmpty()
                  ? "unexpected argument '" + first + "'"
                  : "unknown command '" + first + "'";
      List<String> suggestions = unmatched.getSuggestions();
      return suggestions.isEmpty()
          ? what
          : what
              + " (did you mean "
              + suggestions.stream()
                  .map(suggestion -> "'" + suggestion + "'")
                  .collect(Collectors.joining(" or "))
              + "?)";
    }
    // Picocli ends some of its messages with a full stop; ours go on.
    return exception.getMessage().strip().replaceFirst("\\.$", "");
  }
}
