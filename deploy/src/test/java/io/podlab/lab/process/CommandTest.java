package io.podlab.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandTest {
  @Test
  void getsTheVariablesOfThisProcessExceptThoseThatAreUnset() {
    // When
    Command command = Command.of("env").withoutInherited("PATH").with("-0");

    // Then
    assertThat(System.getenv()).containsKey("PATH");
    assertThat(command.builder().environment())
        .doesNotContainKey("PATH")
        .hasSize(System.getenv().size() - 1);
  }

  @Test
  void getsWhatIsSetEvenIfItIsEmpty() {
    // When
    Command command =
        Command.of("env")
            .withoutInherited("PATH")
            .withEnvironment("PATH", "/bin")
            .withEnvironment("LAB_TOKEN_DIR", "");

    // Then
    assertThat(command.builder().environment())
        .containsEntry("PATH", "/bin")
        .containsEntry("LAB_TOKEN_DIR", "");
  }
}
