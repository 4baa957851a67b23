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
 * All data of the page at one moment. Each snapshot is complete, so that the page can miss some.
 *
 * @param pod the pod that answers; after a reconnect through a Service it can be another pod
 * @param healthz the answer to a liveness probe
 * @param readyz the answer to a readiness probe
 * @param lastRequests newest first
 * @param faults active faults; absent if faults are disabled
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
