package io.podlab.probe.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.podlab.kit.testing.SettableClock;
import io.podlab.probe.answer.FixedConfig;
import io.podlab.probe.answer.HangingProbes;
import io.podlab.probe.answer.ListenAddress;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.answer.Uptime;
import io.podlab.probe.schedule.Schedule;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the limits of connections with the client of grpc.io, and with raw sockets. */
class ConnectionsTest {
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private final Vertx vertx = Vertx.vertx();
  private final Uptime uptime = new Uptime(new SettableClock(), System::nanoTime);
  private final FixedConfig config = new FixedConfig();
  private final Probes probes = new Probes(config, uptime);
  private final HangingProbes hanging = new HangingProbes(vertx, config);
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private HealthServer server;

  private void start(int connections, int watches) {
    uptime.begin();
    server =
        new HealthServer(
            probes,
            hanging,
            uptime,
            vertx,
            new ListenAddress(config, Optional.empty(), "127.0.0.1", 8080),
            Optional.empty(),
            new Connections(vertx, connections, IDLE),
            watches);
    server.start(new StartupEvent());
  }

  @AfterEach
  void close() throws IOException {
    channels.forEach(ManagedChannel::shutdownNow);
    for (Socket socket : sockets) {
      socket.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private HealthGrpc.HealthStub client() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    channels.add(channel);
    return HealthGrpc.newStub(channel);
  }

  private Answers watch(HealthGrpc.HealthStub client) {
    Answers answers = new Answers();
    client.watch(HealthCheckRequest.getDefaultInstance(), answers);
    return answers;
  }

  private Socket connect(byte[]... messages) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    sockets.add(socket);
    socket.setSoTimeout(10_000);
    for (byte[] message : messages) {
      socket.getOutputStream().write(message);
    }
    return socket;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A frame of a stream (RFC 9113). */
  private static byte[] frame(int type, int flags, int stream, byte... payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(new byte[] {0, 0, (byte) payload.length, (byte) type, (byte) flags});
    frame.writeBytes(new byte[] {0, 0, 0, (byte) stream});
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** Names and values in turn, each a literal (RFC 7541). */
  private static byte[] headers(String... words) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < words.length; i++) {
      if (i % 2 == 0) {
        block.write(0);
      }
      block.write(words[i].length());
      block.writeBytes(ascii(words[i]));
    }
    return block.toByteArray();
  }

  /** A connection that starts a Watch, and then neither reads nor answers. */
  private Socket watchAndFallSilent() throws IOException {
    return connect(
        ascii(PREFACE),
        frame(SETTINGS, 0, 0),
        frame(
            HEADERS,
            END_HEADERS,
            1,
            headers(
                ":method", "POST",
                ":scheme", "http",
                ":path", "/grpc.health.v1.Health/Watch",
                ":authority", "t",
                "content-type", "application/grpc",
                "te", "trailers")),
        frame(DATA, END_STREAM, 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0));
  }

  private static void readsToTheEnd(Socket socket) throws IOException {
    socket.getInputStream().readAllBytes();
  }

  @Test
  void closesAConnectionWithoutCalls() throws IOException {
    // Given
    start(10, 10);

    // When
    List<Socket> idle =
        List.of(
            connect(),
            connect(ascii("GET / HT")),
            connect(ascii("PRI * HT")),
            connect(ascii(PREFACE), frame(SETTINGS, 0, 0)));

    // Then the server closes each connection
    for (Socket socket : idle) {
      readsToTheEnd(socket);
    }
  }

  @Test
  void keepsAConnectionWithACallWhileItsClientIsAlive() throws IOException {
    // Given
    start(10, 10);
    probes.get(ProbeType.READINESS).begin(Schedule.parse("hang"), 0);
    Answers watch = watch(client());
    Answers check = new Answers();
    client().check(HealthCheckRequest.newBuilder().setService("readiness").build(), check);
    await().until(() -> watch.seen.size() == 1 && hanging.size() == 1);

    // When later connections are closed because they are idle
    for (int i = 0; i < 2; i++) {
      readsToTheEnd(connect(ascii(PREFACE), frame(SETTINGS, 0, 0)));
    }

    // Then
    probes.get(ProbeType.LIVENESS).begin(Schedule.parse("fail"), 0);
    await().until(() -> watch.seen.contains(ServingStatus.NOT_SERVING));
    assertThat(hanging.size()).isEqualTo(1);
    assertThat(check.failures).isEmpty();
  }

  @Test
  void closesAConnectionWithAWatchWhoseClientIsDead() throws IOException {
    // Given
    start(10, 10);
    Socket silent = watchAndFallSilent();
    await().until(() -> server.streams() == 1);

    // Then
    await().until(() -> server.streams() == 0);
    readsToTheEnd(silent);
  }

  @Test
  void closesAConnectionAboveTheMaximum() throws IOException {
    // Given
    start(2, 10);
    Answers first = watch(client());
    Answers second = watch(client());
    await().until(() -> first.seen.size() == 1 && second.seen.size() == 1);

    // When
    Answers third = watch(client());

    // Then
    await().until(() -> third.failures.contains(Status.Code.UNAVAILABLE));
    channels.get(0).shutdownNow();
    await()
        .until(
            () -> {
              Answers again = watch(client());
              await().until(() -> !again.seen.isEmpty() || !again.failures.isEmpty());
              return again.seen.contains(ServingStatus.SERVING);
            });
  }

  @Test
  void opensExactlyTheMaximumOfConcurrentWatches() {
    // Given
    start(20, 50);

    // When
    List<Answers> all = openEightyWatches();

    // Then
    assertThat(server.streams()).isEqualTo(50);
    assertThat(refusals(all)).hasSize(30).containsOnly(Status.Code.RESOURCE_EXHAUSTED);
    // And the same number again, after they have ended
    await()
        .untilAsserted(
            () -> {
              channels.forEach(ManagedChannel::shutdownNow);
              await().until(() -> server.streams() == 0);
              assertThat(refusals(openEightyWatches())).hasSize(30);
            });
  }

  @Test
  void endsStreamsOfBothKindsWhenTheServiceStops() {
    // Given
    start(10, 2);
    Answers watch = watch(client());
    Reflected reflection = reflect();
    await().until(() -> watch.seen.size() == 1 && server.streams() == 2);
    Answers third = watch(client());
    Reflected fourth = reflect();
    await().until(() -> third.failures.contains(Status.Code.RESOURCE_EXHAUSTED));
    await().until(() -> fourth.failures.contains(Status.Code.RESOURCE_EXHAUSTED));

    // When
    server.stop(new ShutdownDelayInitiatedEvent());

    // Then
    await().until(() -> watch.failures.contains(Status.Code.UNAVAILABLE));
    await().until(() -> reflection.failures.contains(Status.Code.UNAVAILABLE));
    Reflected late = reflect();
    await().until(() -> late.failures.contains(Status.Code.UNAVAILABLE));
    assertThat(server.streams()).isZero();
  }

  private Reflected reflect() {
    Reflected reflected = new Reflected();
    ServerReflectionGrpc.newStub(client().getChannel()).serverReflectionInfo(reflected);
    return reflected;
  }

  private List<Answers> openEightyWatches() {
    List<Answers> all = new ArrayList<>();
    for (int channel = 0; channel < 8; channel++) {
      HealthGrpc.HealthStub client = client();
      for (int i = 0; i < 10; i++) {
        all.add(watch(client));
      }
    }
    await().until(() -> all.stream().allMatch(one -> one.seen.size() + one.failures.size() == 1));
    return all;
  }

  private static List<Status.Code> refusals(List<Answers> all) {
    return all.stream().flatMap(one -> one.failures.stream()).toList();
  }

  private static final class Answers extends Observer<HealthCheckResponse> {
    final Queue<ServingStatus> seen = new ConcurrentLinkedQueue<>();

    @Override
    public void onNext(HealthCheckResponse response) {
      seen.add(response.getStatus());
    }
  }

  private static final class Reflected extends Observer<ServerReflectionResponse> {
    @Override
    public void onNext(ServerReflectionResponse response) {
      failures.add(Status.Code.OK);
    }
  }

  private abstract static class Observer<T> implements StreamObserver<T> {
    final Queue<Status.Code> failures = new ConcurrentLinkedQueue<>();

    @Override
    public void onError(Throwable failure) {
      failures.add(Status.fromThrowable(failure).getCode());
    }

    @Override
    public void onCompleted() {
      failures.add(Status.Code.OK);
    }
  }
}
