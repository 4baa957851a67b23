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
 * A board in the foreground. It is independent of {@link LocalLab} and of boards on other ports.
 *
 * @param folder for its log
 * @param preparation builds the program before the start
 */
record LocalBoard(
    Console console, StateFolder folder, Program program, LocalLab.Preparation preparation) {

  /**
   * @param settings what to show; replaces such variables of the user's environment
   */
  static Program program(Project project, int port, Map<String, String> settings) {
    Command java =
        project
            .run(Service.BOARD, port, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .withoutInherited(
                "LAB_BOARD_CONTEXT",
                "LAB_BOARD_NAMESPACES",
                "LAB_BOARD_RECORDING",
                "LAB_BOARD_SAMPLE",
                // The services of `lab up` have the ports for HTTPS.
                "LAB_TLS",
                "LAB_TLS_CERTIFICATE",
                "LAB_TLS_KEY",
                "LAB_TLS_PORT")
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
   * Starts the board, and prints its address when it is ready. Returns only with a failure. A
   * signal stops the board, and ends this process with the exit code of the signal.
   *
   * @param shown what the board shows, as text for the user
   * @throws Failure after the board has ended: (conflict) if the port is in use; (failed) if the
   *     board ended or was not ready in time, with the end of its log
   */
  void run(String shown, Duration patience) throws Exception {
    folder.create();
    ServiceProcesses processes = new ServiceProcesses(console, folder, new Stopper(LocalLab.GRACE));
    try {
      requirePort();
      preparation.prepare();
      processes.start(program);
      processes.awaitReady(patience);
      console.say("showing " + shown);
      console.print(program.address());
      console.say("press Ctrl-C to stop; the log is " + folder.log(program.title()));
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
      throw Failure.conflict(taken.getMessage() + ", or use another port with --port");
    }
  }
}
