package io.podlab.lab.local;

import io.podlab.lab.Failure;
import io.podlab.lab.project.Project;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A board for as long as another command needs it. Ends with {@link #end()} and not by itself: a
 * signal is for that command.
 */
public final class BoardProcess {
  private static final long POLL_MILLIS = 100;
  private static final Stopper STOPPER = new Stopper(Duration.ofSeconds(10));

  private final Program program;
  private final Path log;
  private final Process process;

  private BoardProcess(Program program, Path log, Process process) {
    this.program = program;
    this.log = log;
    this.process = process;
  }

  /** Where {@code lab play} keeps its logs. */
  public static Path playLogs() {
    StateFolder folder = StateFolder.ofThisUser().ofPlays();
    folder.create();
    return folder.log("any").getParent();
  }

  /**
   * Starts a packaged board in the background.
   *
   * @param wantedPort taken if it is free; 0 for any
   * @param settings its environment
   */
  public static BoardProcess start(Project project, int wantedPort, Map<String, String> settings)
      throws IOException {
    return start(
        StateFolder.ofThisUser().ofPlays(),
        LocalBoard.program(project, Ports.free(wantedPort), settings));
  }

  static BoardProcess start(StateFolder folder, Program program) throws IOException {
    folder.create();
    Path log = folder.log(program.title());
    if (Files.exists(log)) {
      // Of a play at the same time: it goes on writing into the file that was moved.
      Files.move(log, folder.previousLog(program.title()), StandardCopyOption.REPLACE_EXISTING);
    }
    Process process =
        program
            .command()
            .onItsOwn()
            .builder()
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new BoardProcess(program, log, process);
  }

  /**
   * Returns once it shows what it was asked to.
   *
   * @throws Failure (failed) in one line if it ended, or was not ready in time
   */
  public void awaitReady(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!Readiness.isReady(program.readiness())) {
      if (!process.isAlive()) {
        throw Failure.failed(
            "it ended with exit code " + process.exitValue() + "; its log is " + log);
      }
      if (System.nanoTime() > end) {
        throw Failure.failed(
            "it is not ready after " + patience.toSeconds() + " s; its log is " + log);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  public String address() {
    return program.address();
  }

  public long pid() {
    return process.pid();
  }

  /** Stops it, and waits until it is gone. */
  public void end() throws InterruptedException {
    STOPPER.stop(List.of(Started.of(program.title(), process.toHandle())));
  }
}
