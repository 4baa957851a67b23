package io.podlab.board.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.podlab.board.moment.Kind;
import io.podlab.board.timeline.Lane;
import io.podlab.board.timeline.Moment;
import io.podlab.board.timeline.Timeline;
import io.podlab.kit.testing.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamespaceObjectsTest {
  private static final String TIME = "2026-03-01T12:00:00Z";

  private final SettableClock clock = new SettableClock();
  private final Timeline timeline = new Timeline(clock);
  private final List<String> told = new ArrayList<>();
  private final NamespaceObjects objects =
      new NamespaceObjects(
          timeline,
          List.of(
              new PodListener() {
                @Override
                public void changed(Pod pod) {
                  told.add("changed " + pod.getMetadata().getUid());
                }

                @Override
                public void gone(Pod pod) {
                  told.add("gone " + pod.getMetadata().getUid());
                }
              }));

  private static Pod pod(String uid, String replicaSet) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("web-1")
        .withNamespace("lab")
        .withUid(uid)
        .withCreationTimestamp(TIME)
        .addNewOwnerReference()
        .withController(true)
        .withKind("ReplicaSet")
        .withName("web-abc")
        .withUid(replicaSet)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .withPhase("Pending")
        .endStatus()
        .build();
  }

  private static ReplicaSet replicaSet(String uid) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withName("web-abc")
        .withNamespace("lab")
        .withUid(uid)
        .addNewOwnerReference()
        .withController(true)
        .withKind("Deployment")
        .withName("web")
        .withUid("deployment")
        .endOwnerReference()
        .endMetadata()
        .build();
  }

  private static Event warning(String uid, String message) {
    return new EventBuilder()
        .withNewMetadata()
        .withName("web-1.1")
        .withNamespace("lab")
        .withUid("event")
        .endMetadata()
        .withNewInvolvedObject()
        .withKind("Pod")
        .withName("web-1")
        .withNamespace("lab")
        .withUid(uid)
        .endInvolvedObject()
        .withType("Warning")
        .withReason("FailedMount")
        .withMessage(message)
        .withFirstTimestamp(TIME)
        .withLastTimestamp(TIME)
        .withCount(1)
        .build();
  }

  private static <T> Delta<T> told(T after) {
    return new Delta<>(Optional.empty(), Optional.of(after), true);
  }

  private static <T> Delta<T> listed(T after) {
    return new Delta<>(Optional.empty(), Optional.of(after), false);
  }

  private static <T> Delta<T> gone(T before) {
    return new Delta<>(Optional.of(before), Optional.empty(), true);
  }

  private List<Moment> moments() {
    return timeline.recording().moments();
  }

  private List<Moment> moments(Kind kind) {
    return moments().stream().filter(moment -> moment.kind() == kind).toList();
  }

  private Lane lane(String uid) {
    return timeline.recording().lanes().stream()
        .filter(lane -> lane.uid().equals(uid))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void assignsAPodToItsDeploymentOnceTheReplicaSetIsKnown() {
    // Given
    objects.pod(told(pod("a", "rs")));
    assertThat(lane("a").owner()).isEqualTo("ReplicaSet/web-abc");

    // When
    objects.workload(told(replicaSet("rs")));

    // Then
    assertThat(lane("a").owner()).isEqualTo("Deployment/web");
    assertThat(timeline.recording().lanes()).hasSize(1);
  }

  @Test
  void keepsAPodInADeploymentThatIsDeletedFirst() {
    // Given
    objects.workload(told(replicaSet("rs")));
    objects.pod(told(pod("a", "rs")));

    // When
    objects.workload(gone(replicaSet("rs")));
    objects.pod(told(pod("a", "rs")));

    // Then
    assertThat(lane("a").owner()).isEqualTo("Deployment/web");
  }

  @Test
  void distinguishesTwoPodsWithTheSameName() {
    // Given
    objects.pod(told(pod("a", "rs")));

    // When
    objects.pod(gone(pod("a", "rs")));
    objects.pod(told(pod("b", "rs")));

    // Then
    assertThat(timeline.recording().lanes()).extracting(Lane::uid).containsExactly("a", "b");
    assertThat(moments(Kind.GONE)).extracting(Moment::lane).containsExactly("a");
    assertThat(told).containsExactly("changed a", "gone a", "changed b");
  }

  @Test
  void marksExistingObjectsAsApproximate() {
    // When
    objects.pod(listed(pod("a", "rs")));

    // Then
    assertThat(moments()).isNotEmpty().allMatch(Moment::approximate);
  }

  @Test
  void marksMomentsOfAnOutageAsApproximate() {
    // Given
    objects.outage(true);

    // When
    objects.pod(told(pod("a", "rs")));

    // Then
    assertThat(moments()).isNotEmpty().allMatch(Moment::approximate);

    // When
    objects.outage(false);
    objects.pod(told(pod("b", "rs")));

    // Then
    assertThat(moments()).anyMatch(moment -> !moment.approximate());
  }

  @Test
  void keepsAnEventUntilItsPodIsKnown() {
    // Given
    objects.event(told(warning("a", "<script>alert(1)</script>")));
    assertThat(moments()).isEmpty();

    // When
    objects.pod(told(pod("a", "rs")));

    // Then
    assertThat(moments(Kind.WARNING))
        .singleElement()
        .satisfies(
            moment -> {
              assertThat(moment.lane()).isEqualTo("a");
              assertThat(moment.text()).contains("<script>alert(1)</script>");
            });
  }

  @Test
  void recognizesATrimmedEvent() {
    // Given
    objects.pod(told(pod("a", "rs")));
    Event kept = warning("a", "no volume");
    ObjectTrimmer.processedEvent(kept);
    Event again = warning("a", "no volume");
    again.setCount(2);

    // When
    objects.event(new Delta<>(Optional.of(kept), Optional.of(warning("a", "no volume")), false));
    objects.event(new Delta<>(Optional.of(kept), Optional.of(again), false));

    // Then
    assertThat(moments(Kind.WARNING))
        .singleElement()
        .extracting(Moment::text)
        .asString()
        .contains("2 times");
  }

  @Test
  void showsEventsOfAReplicaSetInTheLaneOfItsDeployment() {
    // Given
    timeline.lane(
        new Lane("deployment", "Deployment", "lab", "web", null, null, null, null, null, null));
    objects.event(told(warning("rs", "exceeded quota")));

    // When
    objects.workload(told(replicaSet("rs")));

    // Then
    assertThat(moments(Kind.WARNING)).extracting(Moment::lane).containsExactly("deployment");
  }

  private static Service service() {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace("lab")
        .withUid("s")
        .withCreationTimestamp(TIME)
        .endMetadata()
        .withNewSpec()
        .addToSelector("app", "web")
        .endSpec()
        .build();
  }

  private static EndpointSlice slice(String uid, String pod) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withName("web-" + uid)
        .withNamespace("lab")
        .withUid(uid)
        .addToLabels("kubernetes.io/service-name", "web")
        .endMetadata()
        .withAddressType("IPv4")
        .addNewEndpoint()
        .withAddresses("10.0.0.1")
        .withNewConditions()
        .withReady(true)
        .endConditions()
        .withNewTargetRef()
        .withKind("Pod")
        .withName(pod)
        .endTargetRef()
        .endEndpoint()
        .build();
  }

  @Test
  void reportsTheEndpointsOfAService() {
    // Given
    objects.slicesListed();
    objects.service(told(service()));

    // When
    objects.slice(told(slice("1", "web-1")));
    objects.slice(told(slice("2", "web-2")));
    objects.slice(gone(slice("1", "web-1")));

    // Then
    assertThat(moments(Kind.ENDPOINT_IN))
        .extracting(Moment::endpoint)
        .containsExactly("web-1", "web-2");
    assertThat(moments(Kind.ENDPOINT_OUT)).extracting(Moment::endpoint).containsExactly("web-1");
  }

  @Test
  void waitsForTheSlicesOfAnExistingService() {
    // Given
    objects.service(listed(service()));
    objects.slice(listed(slice("1", "web-1")));
    assertThat(moments()).isEmpty();

    // When
    objects.slicesListed();

    // Then
    assertThat(moments(Kind.NO_ENDPOINTS)).isEmpty();
    assertThat(moments()).allMatch(Moment::approximate);
  }

  @Test
  void reportsNoEndpointsWithoutTheRightToSlices() {
    // When
    objects.service(told(service()));

    // Then
    assertThat(moments()).isEmpty();
  }

  @Test
  void dropsAnEventWhoseObjectDoesNotArriveWithinTheHour() {
    // Given
    objects.event(told(warning("a", "one")));

    // When
    clock.advance(Timeline.WINDOW.plusSeconds(1));
    objects.event(told(warning("b", "two")));
    timeline.correctClock(Timeline.WINDOW.negated());
    objects.pod(told(pod("a", "rs")));
    objects.pod(told(pod("b", "rs")));

    // Then
    assertThat(moments(Kind.WARNING)).extracting(Moment::lane).containsExactly("b");
  }

  @Test
  void removesAServiceWithItsLastMoment() {
    // Given
    objects.service(listed(service()));

    // When
    objects.service(gone(service()));

    // Then
    assertThat(timeline.recording().lanes()).isEmpty();
  }

  @Test
  void ignoresASliceWithoutAService() {
    // Given
    HasMetadata slice = slice("1", "web-1");
    slice.getMetadata().setLabels(null);

    // When
    objects.slice(told(slice));

    // Then
    assertThat(moments()).isEmpty();
  }
}
