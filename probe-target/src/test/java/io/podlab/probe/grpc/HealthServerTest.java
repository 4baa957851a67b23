package io.podlab.probe.grpc;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.podlab.probe.answer.HangingProbes;
import io.podlab.probe.answer.Mechanism;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeRequest;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.schedule.Schedule;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses the Java client of grpc.io. */
@QuarkusTest
class HealthServerTest {
  @Inject Probes probes;
  @Inject HangingProbes hanging;
  @Inject HealthServer server;

  private ManagedChannel channel;
  private HealthGrpc.HealthBlockingStub client;

  @BeforeEach
  void connect() {
    channel =
        NettyChannelBuilder.forAddress("localhost", server.port())
            .usePlaintext()
            .userAgent("kube-probe/1.30")
            .build();
    client = HealthGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
    probes.all().forEach(Probe::reset);
  }

  private void begin(ProbeType type, String schedule) {
    probes.get(type).begin(Schedule.parse(schedule), 0);
  }

  private static HealthCheckRequest of(String service) {
    return HealthCheckRequest.newBuilder().setService(service).build();
  }

  private Status refusal(String service, long deadlineMillis) {
    StatusRuntimeException refusal =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                client.withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS).check(of(service)));
    return refusal.getStatus();
  }

  @ParameterizedTest
  @CsvSource({
    "'', LIVENESS",
    "liveness, LIVENESS",
    "readiness, READINESS",
    "startup, STARTUP",
  })
  void checksItsOwnProbe(String service, ProbeType type) {
    // Given
    begin(type, "ok");

    // When
    ServingStatus well = client.check(of(service)).getStatus();
    begin(type, "fail");
    ServingStatus unwell = client.check(of(service)).getStatus();

    // Then
    assertThat(well).isEqualTo(ServingStatus.SERVING);
    assertThat(unwell).isEqualTo(ServingStatus.NOT_SERVING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "Liveness", "liveness "})
  void answersNotFoundForAnUnknownService(String service) {
    // When
    Status status = refusal(service, 5000);

    // Then
    assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(status.getDescription()).contains("liveness, readiness or startup");
  }

  @Test
  void recordsTheClient() {
    // Given
    begin(ProbeType.READINESS, "ok");

    // When
    client.check(of("readiness"));

    // Then
    List<ProbeRequest> requests = probes.get(ProbeType.READINESS).history().last();
    ProbeRequest last = requests.get(requests.size() - 1);
    assertThat(last.mechanism()).isEqualTo(Mechanism.GRPC);
    assertThat(last.headers())
        .anySatisfy(header -> assertThat(header.getValue()).startsWith("kube-probe/1.30"));
  }

  @Test
  void sharesFailNextWithTheOtherMechanisms() {
    // Given
    begin(ProbeType.READINESS, "ok");
    probes.get(ProbeType.READINESS).failNext(1);

    // Then
    assertThat(client.check(of("readiness")).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(client.check(of("readiness")).getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void doesNotAnswerBeforeTheDeadlineInStateHang() {
    // Given
    begin(ProbeType.READINESS, "hang");

    // When
    Status status = refusal("readiness", 300);

    // Then
    assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    await().until(() -> hanging.size() == 0);
    List<ProbeRequest> requests = probes.get(ProbeType.READINESS).history().last();
    assertThat(requests.get(requests.size() - 1).patience()).isPresent();
  }

  @Test
  void resetsTheStreamInStateDrop() {
    // Given
    begin(ProbeType.READINESS, "drop");

    // When
    Status status = refusal("readiness", 5000);

    // Then
    assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
    begin(ProbeType.READINESS, "ok");
    assertThat(client.check(of("readiness")).getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void sendsEveryChangeToAWatcher() {
    // Given
    begin(ProbeType.READINESS, "ok");
    Watcher watcher = watch("readiness");
    await().until(() -> watcher.seen.size() == 1);

    // When
    begin(ProbeType.READINESS, "fail");
    await().until(() -> watcher.seen.size() == 2);
    begin(ProbeType.READINESS, "ok");
    await().until(() -> watcher.seen.size() == 3);

    // Then
    assertThat(watcher.seen)
        .containsExactly(ServingStatus.SERVING, ServingStatus.NOT_SERVING, ServingStatus.SERVING);
    watcher.cancel();
    await().until(() -> server.streams() == 0);
  }

  @Test
  void endsAWatchInStateDrop() {
    // Given
    begin(ProbeType.READINESS, "ok");
    Watcher watcher = watch("readiness");
    await().until(() -> watcher.seen.size() == 1);

    // When
    begin(ProbeType.READINESS, "drop");

    // Then
    await().until(() -> watcher.failures.size() == 1);
    assertThat(server.streams()).isZero();
  }

  @Test
  void sendsServiceUnknownAndKeepsTheStreamOpen() {
    // When
    Watcher watcher = watch("nope");

    // Then
    await().until(() -> watcher.seen.size() == 1);
    assertThat(watcher.seen).containsExactly(ServingStatus.SERVICE_UNKNOWN);
    assertThat(watcher.failures).isEmpty();
    watcher.cancel();
    await().until(() -> server.streams() == 0);
  }

  @Test
  void removesAWatcherWhoseConnectionBreaks() {
    // Given
    Watcher watcher = watch("liveness");
    await().until(() -> server.streams() == 1);

    // When
    channel.shutdownNow();

    // Then
    await().until(() -> server.streams() == 0);
    assertThat(watcher.failures).hasSize(1);
  }

  @Test
  void cutsALongServiceName() {
    // When
    Status status = refusal("\n".repeat(3000), 5000);

    // Then
    assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void rejectsAMessageThatIsNotARequest() {
    // When
    Status status = refusal("x".repeat(10_000), 5000);

    // Then
    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    begin(ProbeType.READINESS, "ok");
    assertThat(client.check(of("readiness")).getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void implementsNoOtherMethod() {
    // Given
    MethodDescriptor<HealthCheckRequest, HealthCheckResponse> list =
        HealthGrpc.getCheckMethod().toBuilder()
            .setFullMethodName("grpc.health.v1.Health/List")
            .build();

    // When
    StatusRuntimeException refusal =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> ClientCalls.blockingUnaryCall(channel, list, CallOptions.DEFAULT, of("")));

    // Then
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void keepsMethodsThatAClientChoosesOutOfTheMetrics() {
    // Given
    MethodDescriptor<HealthCheckRequest, HealthCheckResponse> chosen =
        HealthGrpc.getCheckMethod().toBuilder().setFullMethodName("chosen/ByAClient").build();
    begin(ProbeType.READINESS, "ok");
    client.check(of("readiness"));

    // When
    catchThrowableOfType(
        StatusRuntimeException.class,
        () -> ClientCalls.blockingUnaryCall(channel, chosen, CallOptions.DEFAULT, of("")));

    // Then
    when()
        .get("/metrics")
        .then()
        .body(containsString("uri=\"/grpc.health.v1.Health/Check\""))
        .body(containsString("uri=\"/REFUSED\""))
        .body(not(containsString("chosen")))
        .body(not(containsString("\ntcp_")));
  }

  @Test
  void answers400ToHttp1() throws IOException {
    try (Socket socket = new Socket("localhost", server.port())) {
      socket.setSoTimeout(10_000);
      // When
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      // Then
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400 ")
          .contains("400 Bad Request", "only gRPC over HTTP/2");
    }
  }

  private Watcher watch(String service) {
    Watcher watcher = new Watcher();
    HealthGrpc.newStub(channel).watch(of(service), watcher);
    return watcher;
  }

  private static final class Watcher
      implements ClientResponseObserver<HealthCheckRequest, HealthCheckResponse> {
    final List<ServingStatus> seen = new CopyOnWriteArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile ClientCallStreamObserver<HealthCheckRequest> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<HealthCheckRequest> stream) {
      call = stream;
    }

    @Override
    public void onNext(HealthCheckResponse response) {
      seen.add(response.getStatus());
    }

    @Override
    public void onError(Throwable failure) {
      failures.add(failure);
    }

    @Override
    public void onCompleted() {
      failures.add(new IllegalStateException("it has ended"));
    }

    void cancel() {
      call.cancel("enough", null);
    }
  }
}
