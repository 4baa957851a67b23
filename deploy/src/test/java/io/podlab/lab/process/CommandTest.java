package io.podlab.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandTest {
  /** Of what this process has, too: the services refuse an empty variable. */
  @Test
  void leavesEmptyVariablesOut() {
    // When
    Command command =
        Command.of("env").withEnvironment("PATH", "").withEnvironment("LAB_BOARD_SAMPLE", "false");

    // Then
    assertThat(command.builder().environment())
        .doesNotContainKey("PATH")
        .containsEntry("LAB_BOARD_SAMPLE", "false");
  }
}
