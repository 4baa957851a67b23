package io.podlab.board.watch;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Removes large, unused parts of objects, because the informers keep all objects in memory. */
final class ObjectTrimmer {
  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private ObjectTrimmer() {}

  static void metadata(HasMetadata object) {
    ObjectMeta metadata = object.getMetadata();
    metadata.setManagedFields(List.of());
    Map<String, String> annotations = metadata.getAnnotations();
    if (annotations != null && annotations.containsKey(APPLIED)) {
      Map<String, String> others = new HashMap<>(annotations);
      others.remove(APPLIED);
      metadata.setAnnotations(others);
    }
    if (object instanceof ReplicaSet replicaSet && replicaSet.getSpec() != null) {
      replicaSet.getSpec().setTemplate(null);
    }
  }

  static void pod(Pod pod) {
    metadata(pod);
    PodSpec spec = pod.getSpec();
    if (spec != null) {
      spec.setVolumes(List.of());
      spec.setTolerations(List.of());
      spec.setAffinity(null);
      spec.getInitContainers().forEach(ObjectTrimmer::container);
      spec.getContainers().forEach(ObjectTrimmer::container);
    }
  }

  /** Keeps only the parts of a reported Event that show whether it occurs again. */
  static void processedEvent(Event event) {
    event.setMessage(null);
    event.setReason(null);
    event.setInvolvedObject(null);
    event.setRelated(null);
    event.setSource(null);
    event.setReportingComponent(null);
    event.setReportingInstance(null);
    ObjectMeta metadata = event.getMetadata();
    metadata.setName(null);
    metadata.setNamespace(null);
    metadata.setSelfLink(null);
  }

  private static void container(Container container) {
    container.setEnv(List.of());
    container.setEnvFrom(List.of());
    container.setVolumeMounts(List.of());
  }
}
