package io.podlab.demo.command;

import io.podlab.kit.state.FileFailure;
import io.podlab.kit.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Downloads a file: for an init container that prepares a volume. */
@Command(
    name = "fetch",
    description = {
      "Download a URL into a file of up to 64 MiB. The file is written completely or not at all.",
      "Exit codes: 0 if the file is written, 1 if the download fails, 2 if an argument is invalid."
    },
    footer = {
      "",
      "For example:",
      "  demo-app fetch http://token-service:8080/ca/hash /content/index.html"
    })
final class FetchCommand implements Callable<Integer> {
  static final long LONGEST_BYTES = 64L * 1024 * 1024;

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int OK_FROM = 200;
  private static final int OK_TO = 299;

  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "http://… or https://… address; redirects are followed.")
  private Target source;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "File to write. Its directory must exist; an existing file is replaced.")
  private Path file;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description = "Time limit, 100ms to 1h. Default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() throws InterruptedException {
    Commands.requireBetween(command, "--timeout", timeout, SHORTEST, LONGEST);
    if (!(source instanceof Target.Page page)) {
      throw new ParameterException(
          command.commandLine(),
          "URL is invalid: it is not an HTTP URL; use http://… or https://…");
    }
    Path target = file.toAbsolutePath().normalize();
    if (target.getFileName() == null || Files.isDirectory(target)) {
      throw new ParameterException(
          command.commandLine(),
          "FILE is invalid: '%s' is a directory; use the path of a file".formatted(file));
    }
    // In the same directory, because only there a rename is atomic; the leading dot hides it.
    Path part =
        target.resolveSibling(
            ".%s.%d.part".formatted(target.getFileName(), ProcessHandle.current().pid()));
    // SIGTERM also deletes it.
    part.toFile().deleteOnExit();
    try {
      long length = TimeLimit.call(timeout, () -> download(page, part));
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      print("fetched %d bytes from %s into %s".formatted(length, page, file));
      return ExitCode.OK;
    } catch (FileSystemException notWritten) {
      print(
          "cannot write %s: %s"
              .formatted(file, FileFailure.reason(target.getParent(), notWritten)));
    } catch (IOException notRead) {
      print("cannot fetch %s: %s".formatted(page, TimeLimit.reason(notRead)));
    }
    return ExitCode.SOFTWARE;
  }

  private long download(Target.Page page, Path part) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) page.uri().toURL().openConnection();
    connection.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
    connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
    int status = connection.getResponseCode();
    if (status < OK_FROM || status > OK_TO) {
      throw new IOException("the server answered " + status);
    }
    // A killed container can leave such a file, and process ids repeat.
    Files.deleteIfExists(part);
    // With the default permissions of the process, so that another container can read it.
    try (InputStream in = connection.getInputStream();
        OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
      return copy(in, out, LONGEST_BYTES);
    }
  }

  static long copy(InputStream in, OutputStream out, long longest) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long length = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      length += read;
      if (length > longest) {
        throw new IOException("the answer is too large (at most %d bytes)".formatted(longest));
      }
      out.write(buffer, 0, read);
    }
    return length;
  }

  private void print(String line) {
    command.commandLine().getOut().println(Printable.line(line));
  }
}
