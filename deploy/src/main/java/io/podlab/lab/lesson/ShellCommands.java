package io.podlab.lab.lesson;

import java.util.ArrayList;
import java.util.List;

/** Splits a sh block into commands. A command has one line, or more if it continues. */
final class ShellCommands {
  private ShellCommands() {}

  /** An indented line, or a line after a backslash, continues the command before it. */
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

  /** Whether the command runs until the user ends it with Ctrl-C. */
  static boolean isWatch(String command) {
    return command.contains(" --watch") || command.contains(" --follow");
  }
}
