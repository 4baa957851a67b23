package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.Service;
import java.util.List;

/** The moments of a Service's endpoints. */
public final class EndpointMoments {
  private EndpointMoments() {}

  /** Of a Service that was just created: none of its endpoints is known yet. */
  public static List<Observed> created(Service service) {
    return List.of();
  }

  public static List<Observed> between(
      Service service, ServiceEndpoints before, ServiceEndpoints after) {
    return List.of();
  }

  /** Of a Service that was there before the board: all approximate. */
  public static List<Observed> rebuilt(Service service, ServiceEndpoints endpoints) {
    return List.of();
  }
}
