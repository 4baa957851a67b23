package io.podlab.lab.lesson;

import java.util.ArrayList;
import java.util.List;

/** The commands of a sh block: one a line, except where a line goes on. */
final class ShellCommands {
  private ShellCommands() {}

  /** A line that is indented, or that follows a backslash, belongs to the command before it. */
  static List<String> of(List<String> lines) {
    List<String> commands = new ArrayList<>();
    for (String line : lines) {
      int last = commands.size() - 1;
      boolean goesOn =
          last >= 0
              && (line.startsWith(" ")
                  || line.startsWith("\t")
                  || commands.get(last).endsWith("\\"));
      if (goesOn) {
        commands.set(last, commands.get(last) + "\n" + line);
      } else if (!line.isBlank()) {
        commands.add(line);
      }
    }
    return commands;
  }

  /** One that goes on until a person ends it with Ctrl-C. */
  static boolean isWatch(String command) {
    return command.contains(" --watch") || command.contains(" --follow");
  }
}
