package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Collection;
import java.util.List;

/** The endpoints of one Service, of all its EndpointSlices. */
public final class ServiceEndpoints {
  private ServiceEndpoints() {}

  /** No slice yet. */
  public static ServiceEndpoints none() {
    return new ServiceEndpoints();
  }

  public static ServiceEndpoints ofV1(Collection<EndpointSlice> slices) {
    return new ServiceEndpoints();
  }

  public static ServiceEndpoints ofV1beta1(
      Collection<io.fabric8.kubernetes.api.model.discovery.v1beta1.EndpointSlice> slices) {
    return new ServiceEndpoints();
  }

  /** The names of the endpoints that get traffic, sorted: pods, or addresses without a pod. */
  public List<String> ready() {
    return List.of();
  }
}
