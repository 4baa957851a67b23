package io.podlab.demo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoSocketTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Vertx vertx = Vertx.vertx();
  private final CompletableFuture<Channel> accepted = new CompletableFuture<>();
  private int port;

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void listen(Duration pingInterval) {
    port =
        vertx
            .createHttpServer(NoCompression.apply(new HttpServerOptions()))
            .requestHandler(request -> accept(request, pingInterval))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
  }

  private void accept(HttpServerRequest request, Duration pingInterval) {
    Channel channel = ((ConnectionBase) request.connection()).channel();
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              EchoSocket.start(socket, request.connection(), vertx, pingInterval);
              accepted.complete(channel);
            });
  }

  private Socket open() throws Exception {
    Socket client = new Socket("127.0.0.1", port);
    client.setSoTimeout(20_000);
    client.getOutputStream().write(Upgrade.VALID.getBytes());
    return client;
  }

  @Test
  void disconnectsAClientThatDoesNotAnswerAPing() throws Exception {
    // Given
    listen(SHORT);

    // When
    try (Socket client = open()) {
      byte[] all = client.getInputStream().readAllBytes();

      // Then: a ping without data
      assertThat(all).endsWith(0x89, 0);
    }
  }

  @Test
  void keepsAClientThatAnswersPings() throws Exception {
    // Given: time for an answer, also on a busy machine
    listen(Duration.ofSeconds(1));
    AtomicInteger pings = new AtomicInteger();

    // When
    Client client =
        new Client(URI.create("ws://127.0.0.1:" + port + "/ws")) {
          @Override
          public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
            pings.incrementAndGet();
            webSocket.request(1);
            return null;
          }
        };

    // Then
    await().until(() -> pings.get() >= 2);
    assertThat(client.isOpen()).isTrue();
    client.socket().abort();
  }

  @ParameterizedTest
  @CsvSource({"binary, 0x82, 32768, 2000", "ping, 0x89, 125, 200000"})
  void doesNotReadFromAClientThatDoesNotRead(String type, short firstByte, int length, int frames)
      throws Exception {
    // Given
    listen(LONG);
    try (Socket client = open()) {
      Channel channel = accepted.get(20, TimeUnit.SECONDS);

      // When
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(() -> send(client, firstByte, length, frames));
      await().until(() -> !channel.config().isAutoRead());
      long waiting = channel.unsafe().outboundBuffer().totalPendingWriteBytes();

      // Then
      assertThat(sent).isNotDone();
      assertThat(waiting).isLessThan(1024 * 1024);
      InputStream in = client.getInputStream();
      String headers = "";
      while (!headers.endsWith("\r\n\r\n")) {
        headers += (char) in.read();
      }
      in.skipNBytes((long) frames * (header(length) + (length)));
      sent.get(20, TimeUnit.SECONDS);
    }
  }

  private static int header(int length) {
    return length < 126 ? 2 : 4;
  }

  /** Sends final frames of zeros with a mask of zeros. */
  private static void send(Socket client, short firstByte, int length, int frames) {
    ByteBuffer frame = ByteBuffer.allocate(header(length) + 4 + length).put((byte) firstByte);
    if (length < 126) {
      frame.put((byte) (0x80 | length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) length);
    }
    try {
      OutputStream out = new BufferedOutputStream(client.getOutputStream());
      for (int i = 0; i < frames; i++) {
        out.write(frame.array());
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
