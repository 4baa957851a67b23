package io.podlab.token.file;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import io.podlab.token.Admin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 32 clients create, list and delete concurrently, and the process is killed twice. All answered
 * changes must survive. An unanswered change may or may not survive: the process may have died
 * before or after the write.
 */
class CrashIT {
  private static final int CLIENTS = 32;

  @TempDir Path state;

  private final Set<String> made = ConcurrentHashMap.newKeySet();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private final Set<String> wrong = ConcurrentHashMap.newKeySet();

  @Test
  void keepsAllAnsweredChanges() throws Exception {
    PackagedService service = start();
    try {
      String caHash = service.get("/ca/hash").body();
      for (int round = 0; round < 2; round++) {
        // When
        killAtWork(service, round);
        assertThat(Files.readString(state.resolve("tokens.jsonl"))).endsWith("}\n");
        service = start();

        // Then
        assertThat(wrong).isEmpty();
        assertThat(service.get("/ca/hash").body()).isEqualTo(caHash);
        assertThatItHasWhatItAnswered(service);
      }
    } finally {
      service.close();
    }
    try (Stream<Path> files = Files.list(state)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("admin-token", "ca.crt", "ca.key", "lock", "tokens.jsonl");
    }
  }

  private void killAtWork(PackagedService service, int round) throws InterruptedException {
    URI target = service.uri("/tokens");
    int made = this.made.size();
    int deleted = this.deleted.size();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    IntStream.range(0, CLIENTS)
        .mapToObj(number -> new Client(target, "%d%02d".formatted(round, number)))
        .forEach(clients::submit);
    await()
        .atMost(60, SECONDS)
        .until(() -> this.made.size() >= made + 300 && this.deleted.size() >= deleted + 50);
    service.kill();
    clients.shutdown();
    assertThat(clients.awaitTermination(60, SECONDS)).isTrue();
  }

  private void assertThatItHasWhatItAnswered(PackagedService service) throws Exception {
    Set<String> there =
        service
            .get("/tokens")
            .body()
            .lines()
            .skip(1)
            .map(line -> line.split(" ")[0])
            .collect(Collectors.toSet());
    Set<String> expected =
        made.stream()
            .filter(token -> !deleted.contains(token) && !unanswered.contains(token))
            .collect(Collectors.toSet());
    assertThat(there).containsAll(expected).doesNotContainAnyElementsOf(deleted);
    assertThat(there).allMatch(token -> expected.contains(token) || unanswered.contains(token));
  }

  private PackagedService start() {
    return Admin.start(state);
  }

  /** Creates tokens with known values, deletes every third, and lists now and then. */
  private final class Client implements Runnable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String bearer = Admin.bearer(state);
    private final URI tokens;
    private final String prefix;

    Client(URI tokens, String prefix) {
      this.tokens = tokens;
      this.prefix = prefix;
    }

    @Override
    public void run() {
      try {
        for (int i = 0; ; i++) {
          String token = "%s%03d.0123456789abcdef".formatted(prefix, i);
          unanswered.add(token);
          String answer = send(HttpRequest.newBuilder(tokens).POST(form("token=" + token)), 201);
          if (!answer.equals(token + "\n")) {
            wrong.add("created " + answer);
          }
          made.add(token);
          unanswered.remove(token);
          if (i % 3 == 0) {
            unanswered.add(token);
            URI one = URI.create(tokens + "/" + token);
            send(HttpRequest.newBuilder(one).DELETE(), 200);
            deleted.add(token);
            unanswered.remove(token);
          }
          if (i % 5 == 0) {
            List<String> listed = send(HttpRequest.newBuilder(tokens), 200).lines().toList();
            if (!deleted.contains(token)
                && listed.stream().noneMatch(line -> line.startsWith(token))) {
              wrong.add("not listed: " + token);
            }
          }
        }
      } catch (IOException killed) {
        // The responses so far count.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private HttpRequest.BodyPublisher form(String body) {
      return BodyPublishers.ofString(body);
    }

    private String send(HttpRequest.Builder request, int status)
        throws IOException, InterruptedException {
      HttpResponse<String> answer =
          http.send(
              request
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header("Authorization", bearer)
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != status) {
        wrong.add(answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    }
  }
}
