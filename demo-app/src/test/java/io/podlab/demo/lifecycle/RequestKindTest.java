package io.podlab.demo.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestKindTest {
  @ParameterizedTest
  @CsvSource({
    "/, REQUEST",
    "/delay/1s, REQUEST",
    "/marker, REQUEST",
    "/nowhere, REQUEST",
    "/healthz, LIVENESS_PROBE",
    "/livez, REQUEST",
    "/q/health/live, LIVENESS_PROBE",
    "/readyz, READINESS_PROBE",
    "/q/health/ready, READINESS_PROBE",
    "/q/health/started, STARTUP_PROBE",
    "/q/health, OPERATION",
    "/q/openapi, OPERATION",
    "/metrics, OPERATION",
    "/lifecycle, OPERATION",
    "/hooks/pre-stop, OPERATION",
    "/faults, OPERATION",
    "/faults/burn, OPERATION",
    "/faultsome, REQUEST",
    "/page/events, OPERATION",
    "/page, REQUEST",
  })
  void isToldByThePath(String path, RequestKind kind) {
    assertThat(RequestKind.of(path, true)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"/readyz, OPERATION", "/healthz, OPERATION", "/echo, REQUEST", "/faults, OPERATION"})
  void isNoProbeWhereSomethingIsDoneToIt(String path, RequestKind kind) {
    assertThat(RequestKind.of(path, false)).isEqualTo(kind);
  }
}
