package io.podlab.demo.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.demo.faults.ActiveFault;
import io.podlab.demo.health.ProbeAnswer;
import io.podlab.demo.identity.Identity;
import io.podlab.demo.lifecycle.ServedRequest;
import io.podlab.demo.lifecycle.Timeline;
import java.util.List;
import java.util.Optional;

/**
 * All that the page shows of one moment: whatever it has missed, the next tells the whole.
 *
 * @param pod who answers; after a reconnection through a Service perhaps another one
 * @param healthz what a liveness probe is told
 * @param readyz what a readiness probe is told
 * @param lastRequests the newest first
 * @param faults that are active; absent where faults are off
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Snapshot(
    Identity pod,
    Timeline lifecycle,
    ProbeAnswer healthz,
    ProbeAnswer readyz,
    List<ServedRequest> lastRequests,
    Optional<List<ActiveFault>> faults) {
  public Snapshot {
    lastRequests = List.copyOf(lastRequests);
    faults = faults.map(List::copyOf);
  }
}
