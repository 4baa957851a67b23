package io.podlab.probe.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.SettableClock;
import io.podlab.probe.answer.FixedConfig;
import io.podlab.probe.answer.HangingProbes;
import io.podlab.probe.answer.ListenAddress;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeRequest;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.answer.Uptime;
import io.podlab.probe.schedule.Schedule;
import io.podlab.probe.schedule.State;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpPortTest {
  private static final int MILLIS = 5000;

  private final Vertx vertx = Vertx.vertx();
  private final Uptime uptime = new Uptime(new SettableClock(), System::nanoTime);
  private Probe liveness;
  private HangingProbes hanging;
  private TcpPort port;

  private void start(FixedConfig config) {
    uptime.begin();
    Probes probes = new Probes(config, uptime);
    liveness = probes.get(ProbeType.LIVENESS);
    hanging = new HangingProbes(vertx, config);
    port =
        new TcpPort(
            probes,
            config,
            hanging,
            uptime,
            vertx,
            new ListenAddress(config, Optional.empty(), "127.0.0.1", 8080));
    port.start(new StartupEvent());
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress("127.0.0.1", port.port()), MILLIS);
    socket.setSoTimeout(MILLIS);
    return socket;
  }

  private boolean isRefused() throws IOException {
    try {
      connect().close();
      return false;
    } catch (SocketException refusedOrResetWhileItCloses) {
      return true;
    }
  }

  @Test
  void acceptsAndClosesAConnectionInStateOk() throws IOException {
    // Given
    start(new FixedConfig());

    // When
    try (Socket socket = connect()) {
      // Then
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    await().until(() -> liveness.history().count() == 1);
    assertThat(liveness.history().last())
        .singleElement()
        .satisfies(request -> assertThat(request.answer()).isEqualTo(State.OK));
  }

  @Test
  void refusesConnectionsInStateFailAndAcceptsThemAgain() throws IOException {
    // Given
    start(new FixedConfig());
    await().until(() -> port.isOpen());
    long before = openFiles();

    for (int cycle = 0; cycle < 100; cycle++) {
      // When
      liveness.begin(Schedule.parse("fail"), 0);

      // Then
      await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(this::isRefused);

      // When
      liveness.begin(Schedule.parse("ok"), 0);

      // Then
      await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(() -> !isRefused());
    }
    // No socket is left of 100 listening sockets and their connections.
    await().until(() -> openFiles() < before + 20);
  }

  /** 0 if the system does not report it. */
  private static long openFiles() throws IOException {
    Path files = Path.of("/proc/self/fd");
    if (!Files.isDirectory(files)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(files)) {
      return all.count();
    }
  }

  @Test
  void matchesTheStateAfterManyChanges() {
    // Given
    start(new FixedConfig());

    // When
    for (int i = 0; i < 1000; i++) {
      liveness.begin(Schedule.parse(i % 2 == 0 ? "fail" : "ok"), 0);
    }
    liveness.begin(Schedule.parse("fail"), 0);

    // Then
    await().until(this::isRefused);
    await().during(Duration.ofMillis(300)).until(this::isRefused);
  }

  @Test
  void isClosedDuringFailNext() {
    // Given
    start(new FixedConfig());

    // When
    liveness.failNext(2);

    // Then
    await().until(this::isRefused);
    liveness.failNext(0);
    await().until(() -> !isRefused());
  }

  @Test
  void sendsNothingInStateHang() throws IOException {
    // Given
    start(new FixedConfig().withTcp("hang").withHang(Duration.ofMillis(300)));

    // When
    try (Socket socket = connect()) {
      await().until(() -> hanging.size() == 1);

      // Then
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(hanging.size()).isZero();
    assertThat(liveness.history().last())
        .extracting(ProbeRequest::answer)
        .containsExactly(State.HANG);
  }

  @Test
  void recordsThatAClientDisconnected() throws IOException {
    // Given
    start(new FixedConfig().withTcp("hang"));
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sockets.add(connect());
    }
    await().until(() -> hanging.size() == 50);

    // When
    for (Socket socket : sockets) {
      socket.close();
    }

    // Then
    await().until(() -> hanging.size() == 0);
    assertThat(liveness.history().last())
        .allSatisfy(request -> assertThat(request.patience()).isPresent());
  }

  @Test
  void doesNotRecordADisconnectWhenThePortCloses() throws IOException {
    // Given
    start(new FixedConfig());
    liveness.begin(Schedule.parse("hang"), 0);
    try (Socket socket = connect()) {
      await().until(() -> hanging.size() == 1);

      // When
      liveness.begin(Schedule.parse("fail"), 0);

      // Then
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    await().until(() -> !port.isOpen());
    assertThat(hanging.size()).isZero();
    assertThat(liveness.history().last())
        .singleElement()
        .satisfies(request -> assertThat(request.patience()).isEmpty());
  }

  @Test
  void resetsAConnectionInStateDrop() throws IOException {
    // Given
    start(new FixedConfig().withTcp("drop"));

    // When, Then: the reset can arrive before the client has noticed the connection
    assertThatThrownBy(
            () -> {
              try (Socket socket = connect()) {
                socket.getInputStream().read();
              }
            })
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void followsItsOwnSchedule() throws IOException {
    // Given
    start(new FixedConfig().withTcp("ok:10m,fail"));

    // When
    liveness.begin(Schedule.parse("fail"), 0);

    // Then
    await().during(Duration.ofMillis(300)).until(() -> !isRefused());
  }

  @Test
  void doesNotStartOnAPortThatIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      // Given
      taken.bind(new InetSocketAddress("127.0.0.1", 0));
      FixedConfig config = new FixedConfig().withTcpPort(taken.getLocalPort());

      // When, Then
      assertThatThrownBy(() -> start(config))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContainingAll(
              "port %d on 127.0.0.1 is in use".formatted(taken.getLocalPort()),
              "LAB_PROBE_LISTEN_TCP");
    }
  }

  @Test
  void opensAgainWhenThePortIsFree() throws IOException {
    // Given
    start(new FixedConfig());
    liveness.begin(Schedule.parse("fail"), 0);
    await().until(this::isRefused);

    // When
    try (ServerSocket taken = new ServerSocket()) {
      taken.setReuseAddress(true);
      taken.bind(new InetSocketAddress("127.0.0.1", port.port()));
      liveness.begin(Schedule.parse("ok"), 0);
      await().during(Duration.ofMillis(500)).until(() -> !port.isOpen());
    }

    // Then
    await()
        .until(
            () -> {
              isRefused();
              return liveness.history().count() > 0;
            });
  }
}
