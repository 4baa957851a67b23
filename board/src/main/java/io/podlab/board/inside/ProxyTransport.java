package io.podlab.board.inside;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Through the API server, for which the credential must be allowed to get {@code pods/proxy}. The
 * API server keeps the credential to itself, and a redirect is not followed.
 *
 * <p>A {@code Date} that the program sends is passed on. demo-app and probe-target send none; the
 * API server then gives its own, which says nothing of the program's clock.
 */
final class ProxyTransport implements Transport {
  private final KubernetesClient client;

  ProxyTransport(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public boolean isDirect() {
    return false;
  }

  @Override
  public Connection get(
      Run run, String path, Map<String, String> headers, Duration patience, Answer answer) {
    HttpClient http = client.getHttpClient();
    HttpRequest.Builder request =
        http.newHttpRequestBuilder()
            .uri(
                URI.create(
                    client
                        .getMasterUrl()
                        .toString()
                        .concat("api/v1/namespaces/%s/pods/%s:%d/proxy%s")
                        .formatted(run.namespace(), run.pod(), run.port(), path)))
            .forStreaming()
            // Until its head: the client cannot cancel a request before.
            .timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    headers.forEach(request::setHeader);
    CompletableFuture<HttpResponse<AsyncBody>> response =
        http.consumeBytes(
            request.build(), (buffers, body) -> answer.chunk(bytes(buffers), body::consume));
    response.whenComplete(
        (head, failure) -> {
          if (failure != null) {
            answer.end();
            return;
          }
          answer.head(head.code(), Optional.ofNullable(head.header("Date")));
          head.body().done().whenComplete((nothing, cut) -> answer.end());
          head.body().consume();
        });
    // An answer that has not begun is cancelled as soon as it has, or else ends with the patience.
    return () -> response.thenAccept(head -> head.body().cancel());
  }

  private static byte[] bytes(List<ByteBuffer> buffers) {
    ByteBuffer all = ByteBuffer.allocate(buffers.stream().mapToInt(ByteBuffer::remaining).sum());
    buffers.forEach(buffer -> all.put(buffer.duplicate()));
    return all.array();
  }
}
