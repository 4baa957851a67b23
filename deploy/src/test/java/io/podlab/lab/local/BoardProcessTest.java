package io.podlab.lab.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.podlab.lab.Failure;
import io.podlab.lab.local.FakeService.Manner;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BoardProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path temporary;

  private BoardProcess start(Manner manner) throws Exception {
    return BoardProcess.start(new StateFolder(temporary), FakeService.program("board", manner));
  }

  @Test
  void runsUntilItIsEnded() throws Exception {
    // Given
    BoardProcess board = start(Manner.GOOD);
    board.awaitReady(PATIENCE);

    // When
    board.end();

    // Then
    // Java reads the exit code with a short delay.
    await().until(() -> ProcessHandle.of(board.pid()).filter(ProcessHandle::isAlive).isEmpty());
    assertThat(new StateFolder(temporary).log("board")).content().startsWith("listening on ");
  }

  @Test
  void oneThatEndsByItselfIsToldInOneLineWithItsLog() throws Exception {
    // Given
    BoardProcess board = start(Manner.DIES);

    // When
    Failure failure = catchThrowableOfType(Failure.class, () -> board.awaitReady(PATIENCE));

    // Then
    assertThat(failure)
        .hasMessage("it ended with exit code 3; see its log " + temporary.resolve("log/board.log"));
  }

  @Test
  void oneThatIsNotReadyInTimeIsTold() throws Exception {
    // Given
    BoardProcess board = start(Manner.NEVER_READY);
    try {
      // When
      Failure failure =
          catchThrowableOfType(Failure.class, () -> board.awaitReady(Duration.ofMillis(300)));

      // Then
      assertThat(failure).hasMessageStartingWith("it was not ready after 0 s");
    } finally {
      board.end();
    }
  }

  @Test
  void takesTheWantedPortIfItIsFreeAndElseAnother() throws Exception {
    // Given
    int free = FakeService.freePort();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // Then
      assertThat(Ports.free(free)).isEqualTo(free);
      assertThat(Ports.free(taken.getLocalPort())).isNotEqualTo(taken.getLocalPort()).isPositive();
    }
  }
}
