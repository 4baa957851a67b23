package io.podlab.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private final Vertx vertx = Vertx.vertx();
  private final CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
  }

  @Test
  void cutsOneRequestOfAConnection() throws Exception {
    // Given
    int port =
        done(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"))
            .actualPort();
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(1));
    Future<Integer> other = status(client, port, "/held");
    HttpServerRequest request = held.get(10, TimeUnit.SECONDS);

    // When
    Future<Integer> cut = status(client, port, "/cut");

    // Then
    assertThatThrownBy(() -> done(cut)).isInstanceOf(ExecutionException.class);
    request.response().end();
    assertThat(done(other)).isEqualTo(200);
  }

  private void answer(HttpServerRequest request) {
    if (request.path().equals("/cut")) {
      Refusal.cut(request);
    } else {
      held.complete(request);
    }
  }

  private static Future<Integer> status(HttpClient client, int port, String path) {
    return client
        .request(HttpMethod.GET, port, "127.0.0.1", path)
        .compose(request -> request.send())
        .map(response -> response.statusCode());
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
