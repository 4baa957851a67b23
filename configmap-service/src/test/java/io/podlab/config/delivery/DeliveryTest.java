package io.podlab.config.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delivery with Vert.x, without Quarkus, to clients that read, read late, or never read. */
class DeliveryTest {
  private static final int MEBIBYTE = 1024 * 1024;

  private final Vertx vertx = Vertx.vertx();
  private final Delivery delivery = new Delivery();
  private final Streams streams = new Streams(delivery);
  private final AtomicReference<MultiEmitter<? super Body>> events = new AtomicReference<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Body body;
  private URI root;

  private void start(HttpServerOptions options) {
    new SendBuffer().customizeHttpServer(options);
    Router router = Router.router(vertx);
    router
        .get("/body")
        .handler(
            context -> {
              delivery.end(context, body);
              requests.incrementAndGet();
            });
    router
        .get("/stalled")
        .handler(
            context -> {
              streams.open(
                  context,
                  new Streams.Events(
                      Multi.createBy()
                          .concatenating()
                          .streams(
                              Multi.createFrom().item(body("x".repeat(MEBIBYTE))),
                              Multi.createFrom().nothing())));
              requests.incrementAndGet();
            });
    router
        .get("/stream")
        .handler(
            context ->
                streams.open(
                    context,
                    new Streams.Events(
                        Multi.createFrom()
                            .<Body>emitter(events::set, BackPressureStrategy.LATEST))));
    HttpServer server =
        vertx
            .createHttpServer(options)
            .requestHandler(router)
            .connectionHandler(
                connection -> {
                  connections.incrementAndGet();
                  connection.closeHandler(closed -> connections.decrementAndGet());
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    root = URI.create("http://127.0.0.1:" + server.actualPort());
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static Body body(String text) {
    return new Body(Buffer.buffer(text));
  }

  @Test
  void sendsALongBodyWhole() throws Exception {
    // Given
    String text =
        IntStream.range(0, MEBIBYTE).mapToObj(i -> i + "\n").collect(Collectors.joining());
    body = body(text);
    start(new HttpServerOptions());

    // When
    String got =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(root.resolve("/body")).build(), BodyHandlers.ofString())
            .body();

    // Then
    assertThat(got.equals(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1"})
  void endsTheConnectionOfAClientThatNeverReadsByAnIdleTimeout(int all, int writes)
      throws Exception {
    // Given
    body = body("x".repeat(MEBIBYTE));
    start(
        new HttpServerOptions()
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setIdleTimeout(all)
            .setWriteIdleTimeout(writes));

    try (SlowClients crowd = new SlowClients(root)) {
      // When
      crowd.ask(10, "/body");
      await().until(() -> requests.get() == 10);

      // Then
      await().until(() -> connections.get() == 0);
    }
  }

  @Test
  void disconnectsThoseWhoStillReadTheOldestBodyWhenTooManyAreUnderWay() throws Exception {
    // Given
    start(new HttpServerOptions());
    int most = Delivery.MOST_BYTES / MEBIBYTE;

    try (SlowClients reader = new SlowClients(root);
        SlowClients early = new SlowClients(root);
        SlowClients late = new SlowClients(root)) {
      for (int i = 0; i < most + 5; i++) {
        body = body("x".repeat(MEBIBYTE));
        // When
        (i < 5 ? early : late).ask(i == 0 ? 1 : 2, "/body");
        if (i == 0) {
          reader.ask(1, "/body");
        }
        int asked = 2 * (i + 1);
        await().until(() -> requests.get() == asked);
        if (i == most - 1) {
          // One client has all of the oldest body. This does not make the body newer.
          assertThat(reader.whole(200)).isOne();
        }
      }

      // Then
      assertThat(early.whole(200)).isZero();
      assertThat(late.whole(200)).isEqualTo(2 * most);
    }
  }

  @Test
  void logsAFailureOfItsOwnAndNoneOfAClient() throws Exception {
    // Given
    start(new HttpServerOptions());
    List<LogRecord> logged = new CopyOnWriteArrayList<>();
    Handler handler = handler(logged);
    Logger logger = Logger.getLogger(Streams.class.getName());
    logger.addHandler(handler);
    try (SlowClients crowd = new SlowClients(root)) {
      try (SlowClients gone = new SlowClients(root)) {
        gone.ask(1, "/stalled");
        await().until(() -> requests.get() == 1);
      }
      await().until(() -> connections.get() == 0);
      crowd.ask(1, "/stream");
      await().until(() -> events.get() != null);

      // When
      events.get().fail(new IllegalStateException("a fault"));

      // Then
      await().until(() -> connections.get() == 0);
      assertThat(logged)
          .singleElement()
          .satisfies(one -> assertThat(one.getThrown()).hasMessage("a fault"));
    } finally {
      logger.removeHandler(handler);
    }
  }

  private static Handler handler(List<LogRecord> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord one) {
        logged.add(one);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void givesThePlacesOfStalledStreamsToOthers() throws Exception {
    // Given
    start(new HttpServerOptions());
    try (SlowClients crowd = new SlowClients(root)) {
      crowd.ask(Streams.MOST, "/stalled");
      await().until(() -> requests.get() == Streams.MOST);
    }

    // When
    await().until(() -> connections.get() == 0);

    // Then
    try (SlowClients next = new SlowClients(root)) {
      assertThat(next.ask(1, "/stalled").texts("HTTP/1.1 ...").get(0)).endsWith("200");
    }
  }

  @Test
  void streamsTheNewestEventToOneWhoReadsLateAndEndsAfterIt() throws Exception {
    // Given
    start(new HttpServerOptions());
    try (SlowClients crowd = new SlowClients(root)) {
      crowd.ask(1, "/stream");
      await().until(() -> events.get() != null);
      for (int i = 0; i < 5; i++) {
        events.get().emit(body("data:" + i + "x".repeat(MEBIBYTE) + "\n\n"));
      }
      events.get().complete();

      // When
      String text = crowd.texts("\r\n0\r\n\r\n").get(0);

      // Then
      assertThat(text)
          .endsWith("x\n\n\r\n0\r\n\r\n")
          .contains("data:0x", "data:4x")
          .doesNotContain("data:1x", "data:2x", "data:3x");
    }
  }
}
