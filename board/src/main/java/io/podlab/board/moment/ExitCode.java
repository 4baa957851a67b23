package io.podlab.board.moment;

import java.util.List;

/** The meaning of an exit code: 128 plus the number of the signal that ended the process. */
final class ExitCode {
  private static final int SIGNALED = 128;
  private static final List<String> SIGNALS =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  private ExitCode() {}

  /** For example {@code 137 (SIGKILL)}, with the signal numbers of Linux. */
  static String text(int code) {
    int signal = code - SIGNALED;
    return signal >= 1 && signal <= SIGNALS.size()
        ? code + " (SIG" + SIGNALS.get(signal - 1) + ")"
        : Integer.toString(code);
  }
}
