package io.podlab.lab.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.local.FakeService.Manner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalBoardTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path temporary;

  private LocalBoard board(Program program) {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
    return new LocalBoard(
        new Console(nowhere, nowhere, false),
        new StateFolder(temporary.resolve("board")),
        program,
        () -> {});
  }

  /**
   * {@code lab board} with a fake board in its own process, so that a test can send it a signal.
   */
  static final class Foreground {
    private Foreground() {}

    public static void main(String[] arguments) throws Exception {
      Program program = FakeService.program("board", Manner.GOOD);
      new LocalBoard(
              new Console(System.out, System.err, false),
              new StateFolder(Path.of(arguments[0])),
              program,
              () -> {})
          .run("a fake", PATIENCE);
    }
  }

  @Test
  void printsTheAddressWhenItIsReadyAndEndsWithASignal() throws Exception {
    // Given
    Path out = temporary.resolve("out");
    StateFolder folder = new StateFolder(temporary.resolve("board"));
    Process foreground =
        FakeService.java(Foreground.class, folder.root().toString())
            .builder()
            .redirectOutput(out.toFile())
            .redirectError(temporary.resolve("err").toFile())
            .start();
    await().atMost(PATIENCE).until(() -> Files.readString(out).endsWith("\n"));
    StartedProcess board = new RunFile(folder).read().alive().get(0);

    // When
    foreground.destroy();

    // Then
    assertThat(foreground.waitFor()).isEqualTo(143);
    assertThat(board.isAlive()).isFalse();
    assertThat(out).content().matches("http://localhost:\\d+\n");
  }

  @Test
  void aTakenPortIsNamedWithTheOptionForAnother() throws Exception {
    // Given
    Program program = FakeService.program("board", Manner.GOOD);
    try (ServerSocket taken =
        new ServerSocket(program.port(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();

      // When
      Failure failure =
          catchThrowableOfType(Failure.class, () -> board(program).run("a fake", PATIENCE));

      // Then
      assertThat(failure)
          .hasMessageStartingWith("port " + program.port() + " (board) is in use; ")
          .hasMessageEndingWith(", or use another port with --port")
          .extracting(Failure::exitCode)
          .isEqualTo(Failure.CONFLICT);
    }
  }

  @Test
  void aBoardThatRefusesToStartIsShownWithItsLastWords() {
    // When
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> board(FakeService.program("board", Manner.DIES)).run("a fake", PATIENCE));

    // Then
    assertThat(failure)
        .hasMessageContaining("LAB_COLOR: 'purplish' is not a color")
        .extracting(Failure::exitCode)
        .isEqualTo(Failure.FAILED);
  }
}
