package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.process.Command;
import org.junit.jupiter.api.Assumptions;

/**
 * The API server itself. Only who runs the cluster can stop it: the program that the environment
 * variable {@code LAB_API_SERVER} names does, called with {@code stop}, and with {@code start},
 * from which it returns when the API server answers.
 */
record ApiServer(String program) {
  /** Where there is no such program the test is skipped. */
  static ApiServer orSkip() {
    String program = System.getenv("LAB_API_SERVER");
    Assumptions.assumeTrue(program != null, "LAB_API_SERVER names no program");
    return new ApiServer(program);
  }

  void stop() throws InterruptedException {
    run("stop");
  }

  void start() throws InterruptedException {
    run("start");
  }

  private void run(String what) throws InterruptedException {
    Command.Result result = Command.of(program, what).run();
    assertThat(result.exitCode()).describedAs(result.err()).isZero();
  }
}
