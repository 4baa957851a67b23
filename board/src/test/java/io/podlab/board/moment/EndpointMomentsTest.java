package io.podlab.board.moment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointMomentsTest {
  private static final String IN = "{\"ready\":true,\"serving\":true,\"terminating\":false}";
  private static final String NOT_READY =
      "{\"ready\":false,\"serving\":false,\"terminating\":false}";
  private static final String SERVING = "{\"ready\":false,\"serving\":true,\"terminating\":true}";
  private static final String STOPPING = "{\"ready\":false,\"serving\":false,\"terminating\":true}";

  /** Two replicas, a third, a rollout of all, then none. */
  @Test
  void derivesTheMomentsOfARecordedRollout() {
    Service web = service("web");
    List<String> lines = new ArrayList<>(Recorded.lines(EndpointMoments.created(web)));
    ServiceEndpoints before = ServiceEndpoints.none();
    for (ServiceEndpoints after : recorded("web-")) {
      lines.addAll(Recorded.lines(EndpointMoments.between(web, before, after)));
      before = after;
    }

    assertThat(lines)
        .containsExactly(
            "no-endpoints Service web has no endpoints: connections to it fail",
            "endpoint-in web-7988998b76-xwjhx gets traffic from Service web",
            "endpoint-in web-7988998b76-6lk6m gets traffic from Service web",
            "endpoint-in web-7988998b76-5j4mk gets traffic from Service web",
            "endpoint-in web-55db646fc8-q7s4v gets traffic from Service web",
            "endpoint-out web-7988998b76-5j4mk no longer gets traffic from Service web: removed",
            "endpoint-in web-55db646fc8-bzdch gets traffic from Service web",
            "endpoint-out web-7988998b76-xwjhx no longer gets traffic from Service web: removed",
            "endpoint-in web-55db646fc8-8slxt gets traffic from Service web",
            "endpoint-out web-7988998b76-6lk6m no longer gets traffic from Service web: removed",
            "endpoint-out web-55db646fc8-q7s4v no longer gets traffic from Service web: removed",
            "endpoint-out web-55db646fc8-8slxt no longer gets traffic from Service web: removed",
            "endpoint-out web-55db646fc8-bzdch no longer gets traffic from Service web: removed",
            "no-endpoints Service web has no endpoints: connections to it fail");
    assertThat(before.ready()).isEmpty();
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      nullValues = "-",
      textBlock =
          """
          -         | IN        | endpoint-in web-1 gets traffic from Service web
          NOT_READY | IN        | endpoint-in web-1 gets traffic from Service web
          -         | NOT_READY | -
          IN        | IN        | -
          IN        | NOT_READY | endpoint-out web-1 no longer gets traffic from Service web: not ready
          IN        | STOPPING  | endpoint-out web-1 no longer gets traffic from Service web: terminating
          IN        | -         | endpoint-out web-1 no longer gets traffic from Service web: removed
          IN        | SERVING   | serving-while-terminating web-1 is terminating but still serving: Service web uses it only if no endpoint is ready
          SERVING   | SERVING   | -
          SERVING   | STOPPING  | endpoint-out web-1 no longer gets traffic from Service web: terminating
          SERVING   | -         | endpoint-out web-1 no longer gets traffic from Service web: removed
          NOT_READY | -         | -
          """)
  void reportsTheChangeOfAnEndpoint(String before, String after, String moment) {
    ServiceEndpoints other = ServiceEndpoints.ofV1(List.of(slice("web-0", IN)));
    List<String> lines =
        Recorded.lines(
            EndpointMoments.between(service("web"), with(other, before), with(other, after)));

    assertThat(lines).isEqualTo(moment == null ? List.of() : List.of(moment));
  }

  @Test
  void reportsNoEndpointsOnlyIfNoneAnswers() {
    Service web = service("web");
    ServiceEndpoints in = ServiceEndpoints.ofV1(List.of(slice("web-1", IN)));
    ServiceEndpoints serving = ServiceEndpoints.ofV1(List.of(slice("web-1", SERVING)));

    assertThat(EndpointMoments.between(web, in, serving))
        .extracting(Observed::kind)
        .containsExactly(Kind.SERVING_WHILE_TERMINATING);
    assertThat(EndpointMoments.between(web, serving, ServiceEndpoints.none()))
        .extracting(Observed::kind)
        .containsExactly(Kind.ENDPOINT_OUT, Kind.NO_ENDPOINTS);
  }

  @Test
  void appliesTheDefaultsOfTheApi() {
    assertThat(ServiceEndpoints.ofV1(List.of(slice("web-1", "{}"))).ready())
        .containsExactly("web-1");
    assertThat(
            ServiceEndpoints.ofV1(
                List.of(slice("web-1", "{\"ready\":false,\"terminating\":true}"))))
        .extracting(endpoints -> endpoints.endpoints().get("web-1").answersWhileTerminating())
        .isEqualTo(false);
  }

  @Test
  void countsAPodWithSeveralAddressesOnce() {
    ServiceEndpoints both =
        ServiceEndpoints.ofV1(List.of(slice("web-1", NOT_READY), slice("web-1", IN)));

    assertThat(both.ready()).containsExactly("web-1");
  }

  @Test
  void reportsServicesWithoutSelectorOrEndpoints() {
    assertThat(Recorded.lines(EndpointMoments.created(service("nobody"))))
        .containsExactly("no-endpoints Service nobody has no endpoints: connections to it fail");
    assertThat(
            Recorded.lines(
                EndpointMoments.rebuilt(service("outside"), recorded("outside-").get(0))))
        .containsExactly(
            "no-selector Service outside has no selector: its endpoints are set by hand or by"
                + " another program",
            "endpoint-in 192.0.2.1 gets traffic from Service outside");
  }

  @Test
  void ignoresAServiceOfTypeExternalName() {
    Service name =
        Recorded.object(
            """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"db","uid":"1"},
            "spec":{"type":"ExternalName","externalName":"db.example"}}""",
            Service.class);

    assertThat(EndpointMoments.created(name)).isEmpty();
    assertThat(EndpointMoments.rebuilt(name, ServiceEndpoints.none())).isEmpty();
  }

  @Test
  void rebuildsExistingEndpoints() {
    ServiceEndpoints third = recorded("web-").get(5);

    assertThat(EndpointMoments.rebuilt(service("web"), third))
        .hasSize(2)
        .allMatch(Observed::approximate)
        .allMatch(moment -> moment.kind() == Kind.ENDPOINT_IN)
        .allMatch(
            moment -> moment.apiTime().equals(Optional.of(Instant.parse("2026-11-27T05:41:46Z"))));
  }

  @Test
  void usesTheTriggerTimeOnlyIfItIsNew() {
    List<ServiceEndpoints> web = recorded("web-");

    assertThat(EndpointMoments.between(service("web"), web.get(3), web.get(4)))
        .singleElement()
        .extracting(Observed::apiTime)
        .isEqualTo(Optional.of(Instant.parse("2026-11-27T05:41:46Z")));
    assertThat(EndpointMoments.between(service("web"), web.get(4), web.get(5)))
        .singleElement()
        .extracting(Observed::apiTime)
        .isEqualTo(Optional.empty());
  }

  private static Service service(String name) {
    return Recorded.changes("service", Service.class, name).get(0).after().orElseThrow();
  }

  private static List<ServiceEndpoints> recorded(String prefix) {
    return Recorded.changes(
            "endpointslice-v1beta1",
            io.fabric8.kubernetes.api.model.discovery.v1beta1.EndpointSlice.class,
            prefix)
        .stream()
        .map(change -> ServiceEndpoints.ofV1beta1(change.after().stream().toList()))
        .toList();
  }

  private static ServiceEndpoints with(ServiceEndpoints other, String conditions) {
    var endpoints = new TreeMap<>(other.endpoints());
    if (conditions != null) {
      endpoints.putAll(
          ServiceEndpoints.ofV1(List.of(slice("web-1", conditions(conditions)))).endpoints());
    }
    return new ServiceEndpoints(endpoints, Optional.empty());
  }

  private static String conditions(String name) {
    return switch (name) {
      case "IN" -> IN;
      case "NOT_READY" -> NOT_READY;
      case "SERVING" -> SERVING;
      default -> STOPPING;
    };
  }

  /** As written by Kubernetes 1.22 and later; 1.20 has neither serving nor terminating. */
  private static EndpointSlice slice(String pod, String conditions) {
    return Recorded.object(
        """
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4",
        "metadata":{"name":"web-x","namespace":"demo","labels":{"kubernetes.io/service-name":"web"}},
        "ports":[{"name":"http","port":8080,"protocol":"TCP"}],
        "endpoints":[{"addresses":["10.244.0.7"],"conditions":%s,"nodeName":"node1","zone":"a",
        "targetRef":{"kind":"Pod","namespace":"demo","name":"%s","uid":"%s"}}]}"""
            .formatted(conditions, pod, pod),
        EndpointSlice.class);
  }
}
