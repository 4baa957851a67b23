package io.podlab.demo;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.Map;

/** A pod with all identity settings and with faults. One profile, because each restarts Quarkus. */
public final class PodWithFaults implements QuarkusTestProfile {
  public static final Path MARKER = Path.of("target", "marker-of-hooks-test");

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "lab.demo.faults", "true",
        "lab.demo.marker", MARKER.toString(),
        "lab.demo.color", "SteelBlue",
        "lab.pod.name", "demo-1",
        "lab.pod.namespace", "lab",
        "lab.pod.ip", "10.244.0.7",
        "lab.pod.node", "node1",
        "lab.pod.service-account", "demo");
  }
}
