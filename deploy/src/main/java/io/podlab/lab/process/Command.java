package io.podlab.lab.process;

import io.podlab.lab.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A program to run with its arguments, without a shell.
 *
 * <p>Immutable: the {@code with…} methods return a changed copy.
 *
 * @param environment variables in addition to those of this process
 * @param unset variables of this process that the program does not inherit
 */
public record Command(
    List<String> words, Path folder, Map<String, String> environment, Set<String> unset) {
  /** A prefix that detaches a program from the terminal and then executes it. */
  private static final List<String> ON_ITS_OWN =
      SearchPath.ofThisProcess()
          .find("setsid")
          .map(setsid -> List.of(setsid.toString()))
          .orElse(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));

  public Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
    unset = Set.copyOf(unset);
  }

  public static Command of(String... words) {
    return new Command(List.of(words), Path.of("").toAbsolutePath(), Map.of(), Set.of());
  }

  public static Command of(List<String> words) {
    return of(words.toArray(String[]::new));
  }

  public Command with(String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return new Command(all, folder, environment, unset);
  }

  public Command in(Path newFolder) {
    return new Command(words, newFolder, environment, unset);
  }

  public Command withEnvironment(String name, String value) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.put(name, value);
    return new Command(words, folder, changed, unset);
  }

  public Command withEnvironment(Map<String, String> more) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.putAll(more);
    return new Command(words, folder, changed, unset);
  }

  /** A copy that does not inherit these variables. A variable that is set here stays. */
  public Command withoutInherited(String... names) {
    return new Command(words, folder, environment, Set.of(names));
  }

  /**
   * A copy that runs in a session of its own. Ctrl-C and the hang-up of the terminal do not reach
   * it, so only this process ends it. Without setsid, as on macOS, it ignores both signals instead.
   */
  public Command onItsOwn() {
    List<String> all = new ArrayList<>(ON_ITS_OWN);
    all.addAll(words);
    return new Command(all, folder, environment, unset);
  }

  /** The exit code, stdout and stderr of a program. */
  public record Result(int exitCode, String out, String err) {
    public boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** A process builder with folder and environment, without redirections. */
  public ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().keySet().removeAll(unset);
    builder.environment().putAll(environment);
    return builder;
  }

  /**
   * Runs the program to its end without standard input.
   *
   * @throws Failure (missing) if the program does not exist
   */
  public Result run() throws InterruptedException {
    return run(line -> {});
  }

  /** Like {@link #run()}. Calls {@code eachLine} for each line of stdout while it runs. */
  public Result run(Consumer<String> eachLine) throws InterruptedException {
    return run(new byte[0], eachLine);
  }

  /** Like {@link #run(Consumer)}, with {@code input} as standard input. */
  public Result run(byte[] input, Consumer<String> eachLine) throws InterruptedException {
    Process process;
    try {
      process = builder().start();
    } catch (IOException e) {
      throw Failure.missing("cannot run " + words.get(0) + ": " + e.getMessage());
    }
    try {
      StringBuilder err = new StringBuilder();
      Thread errors =
          new Thread(() -> err.append(readAll(process.getErrorStream())), words.get(0) + " stderr");
      errors.start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input);
      } catch (IOException closedEarly) {
        // The program closed its input early. Its exit code shows whether that is an error.
      }
      StringBuilder out = new StringBuilder();
      try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          out.append(line).append('\n');
          eachLine.accept(line);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      int exitCode = process.waitFor();
      errors.join();
      return new Result(exitCode, out.toString(), err.toString());
    } finally {
      // The program is alive here only if this thread was interrupted or the reader failed.
      process.destroy();
    }
  }

  private static String readAll(InputStream stream) {
    try (stream) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      stream.transferTo(bytes);
      return bytes.toString(StandardCharsets.UTF_8);
    } catch (IOException closed) {
      return "";
    }
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
