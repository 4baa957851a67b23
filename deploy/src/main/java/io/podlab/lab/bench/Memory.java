package io.podlab.lab.bench;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resident memory of a process. */
final class Memory {
  private static final Pattern VM_RSS = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  private Memory() {}

  static double residentMiB(long pid) throws IOException, InterruptedException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (Files.exists(status)) {
      return kibibytesOfStatus(Files.readString(status)) / 1024.0;
    }
    return kibibytesOfPs(Command.of("ps", "-o", "rss=", "-p", Long.toString(pid)).run().out())
        / 1024.0;
  }

  static long kibibytesOfStatus(String status) {
    Matcher rss = VM_RSS.matcher(status);
    if (!rss.find()) {
      throw Failure.failed("the process has no memory left: it has ended");
    }
    return Long.parseLong(rss.group(1));
  }

  static long kibibytesOfPs(String out) {
    String digits = out.strip();
    if (!digits.matches("\\d+")) {
      throw Failure.failed("ps does not know the process: it has ended");
    }
    return Long.parseLong(digits);
  }
}
