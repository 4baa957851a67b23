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
 * A board process for another command. It runs until {@link #end()}; a signal to the command does
 * not reach it.
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

  /** The folder with the logs of {@code lab play}. */
  public static Path playLogs() {
    StateFolder folder = StateFolder.ofThisUser().ofPlays();
    folder.create();
    return folder.log("any").getParent();
  }

  /**
   * Starts a packaged board in the background.
   *
   * @param wantedPort used if it is free; 0 for any free port
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
      // It may belong to a parallel play, which keeps writing to the moved file.
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
   * Waits until the board is ready.
   *
   * @throws Failure (failed) with one line if the board ended, or was not ready in time
   */
  public void awaitReady(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!Readiness.isReady(program.readiness())) {
      if (!process.isAlive()) {
        throw Failure.failed(
            "it ended with exit code " + process.exitValue() + "; see its log " + log);
      }
      if (System.nanoTime() > end) {
        throw Failure.failed(
            "it was not ready after " + patience.toSeconds() + " s; see its log " + log);
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

  /** Stops the board and waits until it has ended. */
  public void end() throws InterruptedException {
    STOPPER.stop(List.of(StartedProcess.of(program.title(), process.toHandle())));
  }
}
