package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.process.Command;
import org.junit.jupiter.api.Assumptions;

/**
 * Stops and starts the API server with the program in the environment variable {@code
 * LAB_API_SERVER}. The program has the argument {@code stop} or {@code start}, and {@code start}
 * returns when the API server answers.
 */
record ApiServer(String program) {
  /** Skips the test without such a program. */
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
