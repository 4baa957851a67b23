package io.podlab.kit.testing;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the packaged service in its own process, on a free port of 127.0.0.1. */
public final class PackagedService implements AutoCloseable {
  /** Generous, for slow machines; the tests assert the actual limits. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[0-9.]+:\\d+)");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final Path output;
  private final Path errors;
  private final Map<String, String> headers = new ConcurrentHashMap<>();

  private PackagedService(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /** Starts the service, and returns when it is ready. */
  public static PackagedService start(Map<String, String> environment, String... arguments) {
    PackagedService service = launch(environment, arguments);
    try {
      await()
          .atMost(TIMEOUT)
          .until(() -> !service.process.isAlive() || service.hasAddress() && service.isReady());
      if (!service.process.isAlive()) {
        throw new IllegalStateException("the service exited: " + service.errors());
      }
      return service;
    } catch (RuntimeException | Error e) {
      service.close();
      throw e;
    }
  }

  /**
   * Starts the service, and returns when it listens. Its further output stays in a pipe until the
   * test reads {@link #unread}.
   */
  public static PackagedService startUnread(Map<String, String> environment) {
    PackagedService service = launch(true, environment);
    try {
      while (!service.hasAddress()) {
        String line = service.unread().readLine();
        if (line == null) {
          throw new IllegalStateException("the service exited: " + service.errors());
        }
        Files.writeString(service.output, line + "\n", StandardOpenOption.APPEND);
      }
      return service;
    } catch (IOException e) {
      service.close();
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the service, and returns immediately. */
  public static PackagedService launch(Map<String, String> environment, String... arguments) {
    return launch(false, environment, arguments);
  }

  private static PackagedService launch(
      boolean unread, Map<String, String> environment, String... arguments) {
    try {
      Path output = Files.createTempFile(Path.of("target"), "service-", ".out");
      Path errors = Files.createTempFile(Path.of("target"), "service-", ".err");
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-jar",
                  "target/quarkus-app/quarkus-run.jar"));
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(
                  unread
                      ? ProcessBuilder.Redirect.PIPE
                      : ProcessBuilder.Redirect.to(output.toFile()))
              .redirectError(errors.toFile());
      // The JVM reports its variables on stderr, and the test sets LAB_ and QUARKUS_ variables.
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.matches("(LAB|QUARKUS)_.*|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS"));
      builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
      builder.environment().put("QUARKUS_HTTP_PORT", "0");
      builder.environment().putAll(environment);
      return new PackagedService(builder.start(), output, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a header to all further requests. */
  public PackagedService withHeader(String name, String value) {
    headers.put(name, value);
    return this;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(TIMEOUT);
    headers.forEach(request::header);
    return request;
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path).build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> post(String path, String type, String body)
      throws IOException, InterruptedException {
    return send("POST", path, type, body);
  }

  public HttpResponse<String> send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return HTTP.send(
        request(path)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  public URI uri(String path) {
    Matcher listening = LISTENING.matcher(output());
    if (!listening.find()) {
      throw new IllegalStateException("the service does not listen: " + output());
    }
    return URI.create(listening.group(1) + path);
  }

  /** Sends SIGTERM. */
  public void terminate() {
    // Process.destroy would also close the pipe.
    process.toHandle().destroy();
  }

  /**
   * @param name without SIG, for example {@code HUP}
   */
  public void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(pid());
    if (new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("cannot send SIG" + name);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Sends SIGKILL, and waits for the process to exit. */
  public void kill() {
    process.destroyForcibly();
    exitCode(TIMEOUT);
  }

  /** Waits for the process to exit. */
  public int exitCode() {
    return exitCode(TIMEOUT);
  }

  /** Waits for the process to exit within a time limit. */
  public int exitCode(Duration time) {
    try {
      if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the service did not exit within " + time);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The standard output so far. */
  public String output() {
    return read(output);
  }

  /** The further standard output after {@link #startUnread}. */
  public BufferedReader unread() {
    return process.inputReader();
  }

  /** The lines of standard error so far. */
  public List<String> errors() {
    return read(errors).lines().toList();
  }

  private boolean hasAddress() {
    return LISTENING.matcher(output()).find();
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/q/health/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
