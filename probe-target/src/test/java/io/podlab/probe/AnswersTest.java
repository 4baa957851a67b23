package io.podlab.probe;

import io.podlab.kit.testing.AnswersContract;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.schedule.Schedule;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
class AnswersTest extends AnswersContract {
  @Inject Probes probes;

  /** The default schedule would change the state during the test. */
  @BeforeEach
  void holdStill() {
    probes.get(ProbeType.LIVENESS).begin(Schedule.parse("ok"), 0);
  }

  @AfterEach
  void reset() {
    probes.all().forEach(Probe::reset);
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of("probe", "readiness");
  }

  @Override
  protected Set<String> withoutChoice() {
    return Set.of("/healthz", "/livez", "/readyz", "/startupz", "/started", "/redirect");
  }
}
