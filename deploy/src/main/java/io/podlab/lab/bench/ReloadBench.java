package io.podlab.lab.bench;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How soon configmap-service has a change in effect: from just before the change is made until
 * {@code GET /config?watch=} has answered with it.
 */
final class ReloadBench {
  static final String NAME = "config-reload";

  private static final int CHANGES = 100;
  private static final int LARGE_CHANGES = 10;
  private static final int KEYS = 1000;
  private static final int VALUE_LENGTH = 1024 * 1024 / KEYS;

  /** Of the ConfigMap that the API server is asked to change; deleted afterwards. */
  private static final String NAMESPACE = "podlab-bench";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Pattern REVISION = Pattern.compile("# revision ([0-9a-f]+),");
  private static final Pattern PROXY = Pattern.compile("127\\.0\\.0\\.1:\\d+");

  /** As much as the container has. */
  private static final String MEMORY = "-XX:MaxRAM=256m -XX:MaxRAMPercentage=50 -XX:+UseSerialGC";

  private final Console console;
  private final SearchPath searchPath;
  private final Consumer<Process> running;
  private final Runnable stopAll;
  private final Start start;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Makes a service that is to be started, its state in that folder. */
  interface Start {
    Subject subject(Path state) throws IOException;
  }

  ReloadBench(
      Console console,
      SearchPath searchPath,
      Consumer<Process> running,
      Runnable stopAll,
      Start start) {
    this.console = console;
    this.searchPath = searchPath;
    this.running = running;
    this.stopAll = stopAll;
    this.start = start;
  }

  /** A change that is ready to be made; making it is what is measured. */
  private interface Preparation {
    Callable<Void> change(int number) throws Exception;
  }

  List<Distribution> measure(Path state) throws Exception {
    List<Distribution> all = new ArrayList<>();
    Path directory = Files.createDirectories(state.resolve("directory"));
    Files.writeString(directory.resolve("greeting"), "0");
    all.add(
        measure(
            "a file of a directory",
            CHANGES,
            state,
            "LAB_CONFIG_DIR",
            directory.toString(),
            number ->
                () -> {
                  Files.writeString(directory.resolve("greeting"), Integer.toString(number));
                  return null;
                }));
    all.add(volume("a swap of ..data", CHANGES, 1, 1, state, state.resolve("volume")));
    all.add(
        volume(
            "a swap of ..data, 1 MiB in 1,000 keys",
            LARGE_CHANGES,
            KEYS,
            VALUE_LENGTH,
            state,
            state.resolve("large")));
    api(state).ifPresent(all::add);
    return all;
  }

  private Distribution volume(
      String what, int changes, int keys, int length, Path state, Path volume) throws Exception {
    Files.createDirectories(volume);
    swap(volume, 0, keys, length).call();
    return measure(
        what,
        changes,
        state,
        "LAB_CONFIG_DIR",
        volume.toString(),
        number -> swap(volume, number, keys, length));
  }

  /** As the kubelet does it, but for the removal of the old version. */
  private static Callable<Void> swap(Path volume, int number, int keys, int length)
      throws IOException {
    Path version = Files.createDirectory(volume.resolve("..version-" + number));
    for (int key = 0; key < keys; key++) {
      String value = (number + " ").repeat(length).substring(0, Math.max(1, length));
      Files.writeString(
          version.resolve("key-" + key), length == 1 ? Integer.toString(number) : value);
    }
    Path link = Files.createSymbolicLink(volume.resolve("..data_tmp"), version.getFileName());
    return () -> {
      Files.move(link, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      return null;
    };
  }

  private Distribution measure(
      String what, int changes, Path state, String variable, String value, Preparation preparation)
      throws Exception {
    return console.progress(
        "measuring " + what,
        () -> {
          try {
            Subject subject = start.subject(state);
            Command command =
                subject
                    .command()
                    .withEnvironment(variable, value)
                    .withEnvironment("JAVA_TOOL_OPTIONS", MEMORY);
            URI url = subject.url();
            new Subject(subject.title(), command, url, subject.log()).start(running);
            List<Double> millis = new ArrayList<>();
            Random random = new Random(1);
            String revision = revision(ask(url.toString()).get(1, TimeUnit.MINUTES));
            for (int number = 1; number <= changes; number++) {
              Callable<Void> change = preparation.change(number);
              CompletableFuture<HttpResponse<String>> next = ask(url + "?watch=" + revision);
              // At any phase of what the service does every so often.
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(200)));
              long before = System.nanoTime();
              change.call();
              HttpResponse<String> answer = next.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
              millis.add((System.nanoTime() - before) / 1e6);
              String now = revision(answer);
              if (now.equals(revision)) {
                throw Failure.failed(what + " was not noticed");
              }
              revision = now;
            }
            return new Distribution(what, millis);
          } finally {
            stopAll.run();
          }
        });
  }

  private CompletableFuture<HttpResponse<String>> ask(String url) {
    return http.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private static String revision(HttpResponse<String> answer) {
    Matcher revision = REVISION.matcher(answer.body());
    if (!revision.find()) {
      throw Failure.failed("configmap-service answered " + answer.statusCode());
    }
    return revision.group(1);
  }

  /** Empty, with a word on it, where no cluster can be reached. */
  private Optional<Distribution> api(Path state) throws Exception {
    if (searchPath.find("kubectl").isEmpty()
        || !Command.of("kubectl", "--request-timeout=5s", "get", "--raw", "/version")
            .run()
            .succeeded()) {
      console.say("the API is not measured: kubectl reaches no cluster");
      return Optional.empty();
    }
    kubectl("create", "namespace", NAMESPACE);
    Process proxy =
        Command.of("kubectl", "proxy", "--port=0")
            .builder()
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = proxy.inputReader()) {
      Matcher address = PROXY.matcher(Optional.ofNullable(output.readLine()).orElse(""));
      if (!address.find()) {
        throw Failure.failed("kubectl proxy did not start");
      }
      kubectl("-n", NAMESPACE, "create", "configmap", "bench", "--from-literal=greeting=0");
      URI configMap =
          URI.create(
              "http://%s/api/v1/namespaces/%s/configmaps/bench"
                  .formatted(address.group(), NAMESPACE));
      return Optional.of(
          measure(
              "a PATCH of a ConfigMap",
              CHANGES,
              state,
              "LAB_CONFIG_CONFIGMAP",
              NAMESPACE + "/bench",
              number -> () -> patch(configMap, number)));
    } finally {
      proxy.destroy();
      Command.of("kubectl", "delete", "namespace", NAMESPACE, "--wait=false").run();
    }
  }

  private Void patch(URI configMap, int number) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(configMap)
                .header("Content-Type", "application/merge-patch+json")
                .method(
                    "PATCH",
                    BodyPublishers.ofString("{\"data\":{\"greeting\":\"" + number + "\"}}"))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw Failure.failed("the API server answered " + answer.statusCode());
    }
    return null;
  }

  private static void kubectl(String... words) throws InterruptedException {
    Command.Result result = Command.of("kubectl").with(words).run();
    if (!result.succeeded()) {
      throw Failure.failed("kubectl failed: " + result.err().strip());
    }
  }
}
