package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.Service;
import io.podlab.board.moment.ServiceEndpoints.Endpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The moments of a Service's endpoints. An endpoint counts from {@code endpoint-in} to {@code
 * endpoint-out}; in between it may be serving while terminating.
 */
public final class EndpointMoments {
  private EndpointMoments() {}

  /** The moments of a new Service, before any of its endpoints is known. */
  public static List<Observed> created(Service service) {
    return initial(service, ServiceEndpoints.none());
  }

  /** A Service of type ExternalName has no endpoints and therefore no moments. */
  public static List<Observed> between(
      Service service, ServiceEndpoints before, ServiceEndpoints after) {
    Optional<Instant> time =
        after.changed().filter(changed -> !before.changed().equals(Optional.of(changed)));
    List<Observed> moments = new ArrayList<>();
    Set<String> keys = new TreeSet<>(before.endpoints().keySet());
    keys.addAll(after.endpoints().keySet());
    for (String key : keys) {
      Optional<Endpoint> was = Optional.ofNullable(before.endpoints().get(key));
      Optional<Endpoint> is = Optional.ofNullable(after.endpoints().get(key));
      change(service, was, is)
          .map(moment -> moment.at(time).ofEndpoint(is.or(() -> was).orElseThrow().name()))
          .ifPresent(moments::add);
    }
    if (after.isEmpty() && !before.isEmpty() && !isExternalName(service)) {
      moments.add(noEndpoints(service).at(time));
    }
    return moments;
  }

  /** The moments of a Service that existed before the board started; all are approximate. */
  public static List<Observed> rebuilt(Service service, ServiceEndpoints endpoints) {
    List<Observed> moments = new ArrayList<>(initial(service, endpoints));
    Optional<Instant> created = ApiTime.parse(service.getMetadata().getCreationTimestamp());
    Optional<Instant> time = endpoints.changed().or(() -> created);
    between(service, ServiceEndpoints.none(), endpoints).stream()
        .map(moment -> moment.at(time))
        .forEach(moments::add);
    return moments.stream().map(Observed::asApproximate).toList();
  }

  private static List<Observed> initial(Service service, ServiceEndpoints endpoints) {
    if (isExternalName(service)) {
      return List.of();
    }
    Optional<Instant> created = ApiTime.parse(service.getMetadata().getCreationTimestamp());
    List<Observed> moments = new ArrayList<>();
    if (!hasSelector(service)) {
      moments.add(
          moment(
                  service,
                  Kind.NO_SELECTOR,
                  title(service)
                      + " has no selector: its endpoints are set by hand or by another program")
              .at(created));
    }
    if (endpoints.isEmpty()) {
      moments.add(noEndpoints(service).at(endpoints.changed().or(() -> created)));
    }
    return moments;
  }

  private static Optional<Observed> change(
      Service service, Optional<Endpoint> was, Optional<Endpoint> is) {
    boolean hadTraffic = was.filter(Endpoint::ready).isPresent();
    boolean wasServing = was.filter(Endpoint::answersWhileTerminating).isPresent();
    boolean hasTraffic = is.filter(Endpoint::ready).isPresent();
    boolean isServing = is.filter(Endpoint::answersWhileTerminating).isPresent();
    String name = is.or(() -> was).orElseThrow().name();
    if (hasTraffic) {
      return hadTraffic
          ? Optional.empty()
          : Optional.of(
              moment(
                  service,
                  Kind.ENDPOINT_IN,
                  "%s gets traffic from %s".formatted(name, title(service))));
    }
    if (isServing) {
      return wasServing
          ? Optional.empty()
          : Optional.of(
              moment(
                  service,
                  Kind.SERVING_WHILE_TERMINATING,
                  "%s is terminating but still serving: %s uses it only if no endpoint is ready"
                      .formatted(name, title(service))));
    }
    return hadTraffic || wasServing
        ? Optional.of(
            moment(
                service,
                Kind.ENDPOINT_OUT,
                "%s no longer gets traffic from %s: %s"
                    .formatted(
                        name, title(service), is.map(EndpointMoments::why).orElse("removed"))))
        : Optional.empty();
  }

  private static String why(Endpoint endpoint) {
    return endpoint.terminating() ? "terminating" : "not ready";
  }

  private static Observed noEndpoints(Service service) {
    return moment(
        service, Kind.NO_ENDPOINTS, title(service) + " has no endpoints: connections to it fail");
  }

  private static boolean hasSelector(Service service) {
    return service.getSpec() != null
        && service.getSpec().getSelector() != null
        && !service.getSpec().getSelector().isEmpty();
  }

  private static boolean isExternalName(Service service) {
    return service.getSpec() != null && "ExternalName".equals(service.getSpec().getType());
  }

  private static String title(Service service) {
    return "Service " + service.getMetadata().getName();
  }

  private static Observed moment(Service service, Kind kind, String text) {
    return Observed.of(
        service.getMetadata().getUid(),
        kind,
        Source.ENDPOINTS,
        Optional.empty(),
        MomentText.of(text));
  }
}
