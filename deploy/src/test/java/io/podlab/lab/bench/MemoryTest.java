package io.podlab.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.lab.Failure;
import org.junit.jupiter.api.Test;

class MemoryTest {
  @Test
  void readsResidentMemoryFromLinuxAndFromPs() {
    assertThat(Memory.kibibytesOfStatus("VmHWM:\t  9 kB\nVmRSS:\t  81540 kB\nRssAnon:\t 5 kB\n"))
        .isEqualTo(81540);
    assertThat(Memory.kibibytesOfPs("  81540\n")).isEqualTo(81540);
  }

  @Test
  void saysThatAProcessHasEnded() {
    assertThatThrownBy(() -> Memory.kibibytesOfStatus("Name:\tjava\nState:\tZ (zombie)\n"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("ended");
    assertThatThrownBy(() -> Memory.kibibytesOfPs("")).hasMessageContaining("ended");
  }
}
