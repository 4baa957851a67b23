package io.podlab.lab.local;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.process.Command;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The board in the foreground, on its own: beside {@link LocalLab}, and beside other boards on
 * other ports.
 *
 * @param folder for its log
 * @param preparation makes the program startable; runs before it is started
 */
record LocalBoard(
    Console console, StateFolder folder, Program program, LocalLab.Preparation preparation) {

  /**
   * @param settings all that it is told of what to show, whatever variables the person has
   */
  static Program program(Project project, int port, Map<String, String> settings) {
    Command java =
        project
            .run(Service.BOARD, port, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .withoutInherited(
                "LAB_BOARD_CONTEXT",
                "LAB_BOARD_NAMESPACES",
                "LAB_BOARD_RECORDING",
                "LAB_BOARD_SAMPLE")
            .withEnvironment(settings);
    return new Program(
        Service.BOARD.title(),
        port,
        List.of(),
        Service.BOARD.essentialPath(),
        Program.READINESS,
        Optional.empty(),
        java);
  }

  /**
   * Starts it, and prints its address once it is ready. Returns only by a failure; a signal stops
   * the board, and ends this process with the signal's exit code.
   *
   * @param shown what it shows, for a person
   * @throws Failure with nothing left running: (conflict) if the port is taken; (failed) if the
   *     board ended by itself or was not ready in time, with the end of its log
   */
  void run(String shown, Duration patience) throws Exception {
    folder.create();
    ServiceProcesses processes = new ServiceProcesses(console, folder, new Stopper(LocalLab.GRACE));
    try {
      requirePort();
      preparation.prepare();
      processes.start(program);
      processes.awaitReady(patience);
      console.say("shows " + shown);
      console.print(program.address());
      console.say("Ctrl-C stops it; its log is " + folder.log(program.title()));
      processes.awaitEnd();
    } finally {
      LocalLab.leaveItToTheSignal(processes);
      processes.close();
    }
  }

  private void requirePort() {
    try {
      Ports.requireFree(List.of(program));
    } catch (Failure taken) {
      throw Failure.conflict(taken.getMessage() + ", or choose another port with --port");
    }
  }
}
