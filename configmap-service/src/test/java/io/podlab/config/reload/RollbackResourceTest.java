package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.config.reload.FreshnessHealthCheckTest.Config;
import io.podlab.config.reload.ReloadConfig.Control;
import io.podlab.config.reload.ReloadConfig.Staleness;
import io.podlab.kit.http.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RollbackResourceTest {
  @Test
  void answers403WhenRollbacksAreOff() {
    // Given
    RollbackResource resource =
        new RollbackResource(
            null, new Config(Optional.empty(), Optional.empty(), Staleness.READY, Control.OFF));

    // When, Then
    assertThatThrownBy(() -> resource.rollBack("0123456789abcdef"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(403);
              assertThat(refused.problem().detail()).contains("LAB_CONFIG_ROLLBACK=on");
            });
  }
}
