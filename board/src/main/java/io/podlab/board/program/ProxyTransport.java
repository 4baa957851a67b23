package io.podlab.board.program;

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
 * Connects through the API server, which requires permission to get {@code pods/proxy}. The API
 * server does not pass the credential on. Does not follow redirects.
 *
 * <p>The API server passes on a {@code Date} header of the program. demo-app and probe-target send
 * none; then the header has the API server's own time.
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
            // Applies until the head of the answer: the client cannot cancel a request before it.
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
    // An answer without a head is cancelled when the head arrives, or when the patience ends.
    return () -> response.thenAccept(head -> head.body().cancel());
  }

  private static byte[] bytes(List<ByteBuffer> buffers) {
    ByteBuffer all = ByteBuffer.allocate(buffers.stream().mapToInt(ByteBuffer::remaining).sum());
    buffers.forEach(buffer -> all.put(buffer.duplicate()));
    return all.array();
  }
}
