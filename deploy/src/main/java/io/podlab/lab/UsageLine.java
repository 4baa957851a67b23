package io.podlab.lab;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The error of an invalid command line, in one line. Picocli would print the whole help. */
final class UsageLine {
  /** Picocli's texts for a missing value, and for a value that cannot be converted. */
  private static final Pattern MISSING_VALUE =
      Pattern.compile("Missing required parameter for option '([^']+)' \\(([^)]*)\\)");

  private static final Pattern INVALID_VALUE =
      Pattern.compile("Invalid value for option '([^']+)'(?: \\([^)]*\\))?: (.*)");

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
    // Some of picocli's messages end with a full stop, and this line continues after them.
    String message = exception.getMessage().strip().replaceFirst("\\.$", "");
    Matcher missing = MISSING_VALUE.matcher(message);
    if (missing.matches()) {
      return missing.group(1) + " needs a value: " + missing.group(1) + " " + missing.group(2);
    }
    Matcher invalid = INVALID_VALUE.matcher(message);
    return invalid.matches()
        ? invalid.group(1)
            + " is invalid: "
            + invalid
                .group(2)
                .replaceFirst("is not an int$", "is not an integer; use digits only, such as 10")
        : message;
  }
}
