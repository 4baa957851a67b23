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
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * 32 clients that create, list and delete at once; then the process is killed. What was answered
 * before that holds after it. What was asked and not answered may hold or not: the process may have
 * died on either side of the disk.
 */
class CrashIT {
  private static final int CLIENTS = 32;

  @TempDir Path state;

  private final Set<String> made = ConcurrentHashMap.newKeySet();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private final Set<String> wrong = ConcurrentHashMap.newKeySet();

  @RepeatedTest(3)
  void keepsWhatItAnsweredAndNothingElse() throws Exception {
    // Given
    try (PackagedService before = start()) {
      URI target = before.uri("/tokens");
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      List<Client> all =
          IntStream.range(0, CLIENTS).mapToObj(number -> new Client(target, number)).toList();
      all.forEach(clients::submit);
      await().atMost(60, SECONDS).until(() -> made.size() >= 300 && deleted.size() >= 50);

      // When
      before.kill();
      clients.shutdown();
      assertThat(clients.awaitTermination(60, SECONDS)).isTrue();
    }

    // Then
    assertThat(wrong).isEmpty();
    assertThat(Files.readString(state.resolve("tokens.jsonl"))).endsWith("}\n");
    try (PackagedService after = start()) {
      Set<String> there =
          after
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
    try (Stream<Path> files = Files.list(state)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "admin-token", "ca.crt", "ca.key", "ca.lock", "lock", "tokens.jsonl");
    }
  }

  private PackagedService start() {
    return Admin.start(state);
  }

  /** Creates tokens of its own choice; deletes every third of them; lists now and then. */
  private final class Client implements Runnable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String bearer = Admin.bearer(state);
    private final URI tokens;
    private final int number;

    Client(URI tokens, int number) {
      this.tokens = tokens;
      this.number = number;
    }

    @Override
    public void run() {
      try {
        for (int i = 0; ; i++) {
          String token = "%02d%04d.0123456789abcdef".formatted(number, i);
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
        // What it was told until then counts.
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
