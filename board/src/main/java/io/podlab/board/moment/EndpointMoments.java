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
 * The moments of a Service's endpoints. An endpoint that has come in stays in until it is out;
 * between the two it may be serving while terminating.
 */
public final class EndpointMoments {
  private EndpointMoments() {}

  /** Of a Service that was just created: none of its endpoints is known yet. */
  public static List<Observed> created(Service service) {
    return born(service, ServiceEndpoints.none());
  }

  /** Nothing is said of a Service of type ExternalName: it is only a name. */
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
    if (after.isEmpty() && !before.isEmpty() && !isOnlyName(service)) {
      moments.add(noEndpoints(service).at(time));
    }
    return moments;
  }

  /** Of a Service that was there before the board: all approximate. */
  public static List<Observed> rebuilt(Service service, ServiceEndpoints endpoints) {
    List<Observed> moments = new ArrayList<>(born(service, endpoints));
    Optional<Instant> created = ApiTime.parse(service.getMetadata().getCreationTimestamp());
    Optional<Instant> time = endpoints.changed().or(() -> created);
    between(service, ServiceEndpoints.none(), endpoints).stream()
        .map(moment -> moment.at(time))
        .forEach(moments::add);
    return moments.stream().map(Observed::roughly).toList();
  }

  private static List<Observed> born(Service service, ServiceEndpoints endpoints) {
    if (isOnlyName(service)) {
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
    boolean gotTraffic = was.filter(Endpoint::ready).isPresent();
    boolean answered = was.filter(Endpoint::answersWhileTerminating).isPresent();
    boolean getsTraffic = is.filter(Endpoint::ready).isPresent();
    boolean answers = is.filter(Endpoint::answersWhileTerminating).isPresent();
    String name = is.or(() -> was).orElseThrow().name();
    if (getsTraffic) {
      return gotTraffic
          ? Optional.empty()
          : Optional.of(
              moment(
                  service,
                  Kind.ENDPOINT_IN,
                  "%s gets traffic from %s".formatted(name, title(service))));
    }
    if (answers) {
      return answered
          ? Optional.empty()
          : Optional.of(
              moment(
                  service,
                  Kind.SERVING_WHILE_TERMINATING,
                  "%s terminates and still answers: %s uses it only if no endpoint is ready"
                      .formatted(name, title(service))));
    }
    return gotTraffic || answered
        ? Optional.of(
            moment(
                service,
                Kind.ENDPOINT_OUT,
                "%s gets no more traffic from %s: %s"
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

  private static boolean isOnlyName(Service service) {
    return service.getSpec() != null && "ExternalName".equals(service.getSpec().getType());
  }

  private static String title(Service service) {
    return "Service " + service.getMetadata().getName();
  }

  private static Observed moment(Service service, Kind kind, String text) {
    return Observed.of(
        service.getMetadata().getUid(), kind, Source.ENDPOINTS, Optional.empty(), Line.of(text));
  }
}
