package io.podlab.probe.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podlab.kit.http.ProblemException;
import io.podlab.probe.answer.FixedConfig;
import io.podlab.probe.answer.ProbeConfig;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.answer.SettableUptime;
import io.podlab.probe.schedule.State;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** As in the generated Deployment: {@code LAB_PROBE_CONTROL=off}. */
class ControlOffTest {
  private final SettableUptime settable = SettableUptime.begun();
  private final FixedConfig config = new FixedConfig().withControl(ProbeConfig.Control.OFF);
  private final Probes probes = new Probes(config, settable.uptime());

  /** The ports and the files have no part in it. */
  private final ProbesResource resource =
      new ProbesResource(probes, settable.uptime(), config, null, null, null, null);

  private static int status(ThrowingCallable request) {
    return catchThrowableOfType(ProblemException.class, request).problem().status();
  }

  @Test
  void letsNobodyChangeAnything() {
    // When
    int put =
        status(() -> resource.update("readiness", "fail".getBytes(StandardCharsets.US_ASCII)));
    int delete = status(() -> resource.reset("readiness"));

    // Then
    assertThat(put).isEqualTo(403);
    assertThat(delete).isEqualTo(403);
    assertThat(probes.get(ProbeType.READINESS).timeline().state()).isEqualTo(State.OK);
    assertThat(resource.probe("readiness").state()).isEqualTo("ok");
  }
}
