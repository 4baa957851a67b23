package io.podlab.board.program;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Connects to the pod's IP address, without any credential. Does not follow redirects. */
final class DirectTransport implements Transport {
  private static final int CONNECT_MILLISECONDS = 3000;

  private final HttpClient client;

  DirectTransport(Vertx vertx) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLISECONDS)
                .setKeepAlive(false)
                .setMaxPoolSize(ProgramReports.MOST));
  }

  @Override
  public boolean isDirect() {
    return true;
  }

  @Override
  public Connection get(
      Run run, String path, Map<String, String> headers, Duration patience, Answer answer) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(run.ip())
            .setPort(run.port())
            .setURI(path);
    headers.forEach(options::putHeader);
    Exchange exchange = new Exchange(answer);
    client.request(options).onFailure(exchange::end).onSuccess(exchange::send);
    return exchange;
  }

  private static final class Exchange implements Connection {
    private final Answer answer;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile HttpClientRequest request;
    private volatile boolean cancelled;

    Exchange(Answer answer) {
      this.answer = answer;
    }

    void send(HttpClientRequest connected) {
      request = connected;
      // Without this handler, each broken connection logs an error.
      connected.exceptionHandler(this::end);
      if (cancelled) {
        connected.reset();
      }
      connected.send().onFailure(this::end).onSuccess(this::receive);
    }

    private void receive(HttpClientResponse response) {
      response.pause();
      response.exceptionHandler(this::end);
      response.endHandler(nothing -> end(null));
      response.handler(buffer -> answer.chunk(buffer.getBytes(), () -> response.fetch(1)));
      answer.head(response.statusCode(), Optional.ofNullable(response.getHeader("Date")));
      response.fetch(1);
    }

    private void end(Throwable failure) {
      if (ended.compareAndSet(false, true)) {
        answer.end();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      HttpClientRequest connected = request;
      if (connected != null) {
        connected.reset();
        end(null);
      }
    }
  }
}
