package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.lab.lesson.Shell.Ended;
import io.podlab.lab.process.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShellTest {
  private static final Duration LONG = Duration.ofSeconds(25);

  private final Shell shell = new Shell(new StopRequest());
  private final List<String> lines = new ArrayList<>();

  private Ended run(String script, Duration limit) throws InterruptedException {
    return shell.run(
        Command.of("bash", "-c", script),
        limit,
        line -> {
          lines.add(line);
          return line.equals("enough");
        });
  }

  /** An ended process may stay a zombie where process 1 is not an init, as in a container. */
  private static boolean runs(String pid) throws InterruptedException {
    return Command.of("ps", "-o", "stat=", "-p", pid)
        .run()
        .out()
        .lines()
        .anyMatch(state -> !state.startsWith("Z"));
  }

  @Test
  void handsOutBothOutputsAndTheExitCode() throws Exception {
    // When
    Ended ended = run("echo out; echo err >&2; printf end; exit 3", LONG);

    // Then
    assertThat(ended).isEqualTo(new Ended(3, false));
    assertThat(lines).containsExactly("out", "err", "end");
  }

  @Test
  void aProgramThatIsLateIsEndedWithAllThatItStarted() throws Exception {
    // When
    Ended ended = run("sh -c 'echo $$; sleep 314.1; :'; :", Duration.ofSeconds(2));

    // Then
    assertThat(ended.late()).isTrue();
    await().until(() -> !runs(lines.get(0)));
  }

  @Test
  void aProgramThatIgnoresSigtermIsKilled() throws Exception {
    // When
    Ended ended = run("trap '' TERM; echo $$; while :; do sleep 0.1; done", Duration.ofSeconds(1));

    // Then
    assertThat(ended.well()).isFalse();
    await().until(() -> !runs(lines.get(0)));
  }

  @Test
  void aProgramThatHasPrintedEnoughIsEndedAndThatIsWell() throws Exception {
    // When
    Ended ended = run("echo $$; echo enough; sleep 314.2; :", LONG);

    // Then
    assertThat(ended.well()).isTrue();
    await().until(() -> !runs(lines.get(0)));
  }

  @Test
  void whatIsLeftInTheBackgroundIsEnded() throws Exception {
    // When
    Ended ended = run("sleep 314.3 & echo $!", LONG);

    // Then
    assertThat(ended.well()).isTrue();
    await().until(() -> !runs(lines.get(0)));
  }

  @Test
  void standardInputIsEmpty() throws Exception {
    assertThat(run("cat", LONG).well()).isTrue();
  }

  @Test
  void aCtrlCInTheTerminalDoesNotReachIt() throws Exception {
    // When: not to the process group, which is also the group of the parent.
    Ended ended = run("ps -o pgid= -p $$; ps -o pgid= -p " + ProcessHandle.current().pid(), LONG);

    // Then
    assertThat(ended.well()).isTrue();
    assertThat(lines.get(0)).isNotEqualTo(lines.get(1));
  }

  @Test
  void answersWhatAProgramPrintsWithItsOutputsApart() throws Exception {
    // When
    Command.Result result =
        shell.ask(Command.of("sh", "-c", "echo a; echo b; echo c >&2; exit 2"), LONG);

    // Then
    assertThat(result).isEqualTo(new Command.Result(2, "a\nb", "c"));
  }
}
