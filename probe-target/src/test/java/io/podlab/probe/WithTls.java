package io.podlab.probe;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service with TLS, on free ports. */
public final class WithTls implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("lab.tls", "self-signed", "lab.tls.port", "0", "lab.probe.listen.grpc-tls", "0");
  }
}
