package io.podlab.demo.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
  private static final String NONE = "http://127.0.0.1:1/";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve                                 | accepted: run, wait-for, fetch, load, --help, or no argument
          --color=red                           | Unknown option: '--color=red'
          run --for 1d                          | unknown unit "d" in duration "1d"
          run --for -1s                         | --for is invalid: use 0s to 24h0m0s, got '-1s'
          run --for 25h                         | --for is invalid: use 0s to 24h0m0s, got '25h'
          run --exit 256                        | --exit is invalid: use 0 to 255, got '256'
          run --exit -1                         | --exit is invalid: use 0 to 255, got '-1'
          run --exit one                        | is not an int
          run now                               | accepted: demo-app run [-h] [--exit=CODE] [--for=DURATION]
          wait-for                              | Missing required parameter: 'TARGET'
          wait-for database                     | tcp://HOST:PORT, or dns:NAME
          wait-for ftp://database               | tcp://HOST:PORT, or dns:NAME
          wait-for tcp://database               | tcp://HOST:PORT, or dns:NAME
          wait-for tcp://database:70000         | tcp://HOST:PORT, or dns:NAME
          wait-for tcp://database:1/path        | tcp://HOST:PORT, or dns:NAME
          wait-for dns:                         | tcp://HOST:PORT, or dns:NAME
          wait-for dns:a/b                      | tcp://HOST:PORT, or dns:NAME
          wait-for http://user:secret@host/     | an URL with a password in it is not taken
          wait-for http:///path                 | tcp://HOST:PORT, or dns:NAME
          wait-for dns:a --timeout 0s           | --timeout is invalid: use 100ms to 24h0m0s, got '0s'
          wait-for dns:a --interval 1ms         | --interval is invalid: use 100ms to 24h0m0s, got '1ms'
          fetch http://a/                       | Missing required parameter: 'FILE'
          fetch tcp://a:1 file                  | an URL is http://… or https://…
          fetch http://a/ /                     | / is a directory
          fetch http://a/ file --timeout 2h     | --timeout is invalid: use 100ms to 1h0m0s, got '2h'
          load                                  | Missing required parameter: 'URL'
          load demo:8080                        | the URL does not begin with http://
          load https://demo                     | https is not supported; use http://HOST
          load http://demo --rate 0             | --rate is invalid: use 1 to 1000, got '0'
          load http://demo --rate 1001          | --rate is invalid: use 1 to 1000, got '1001'
          load http://demo --rate fast          | --rate is invalid: use 1 to 1000, got 'fast'
          load http://demo --for 0              | --for is invalid: use 100ms to 1h0m0s, got '0'
          load http://demo --for 61m            | --for is invalid: use 100ms to 1h0m0s, got '61m'
          load http://demo --for 30             | missing unit in duration
          load http://demo --keepalive          | Unknown option: '--keepalive'
          """)
  void refuseWhatMakesNoSenseWithALine(String line, String why) {
    // When
    int exitCode = execute(line.split(" "));

    // Then
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(why, "accepted: ");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "run --help", "wait-for --help", "fetch --help", "load --help"})
  void helpOnRequest(String line) {
    assertThat(execute(line.split(" "))).isZero();
    assertThat(out.toString()).startsWith("Usage: demo-app ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void runForATimeAndExitAsTold() {
    assertThat(execute("run", "--for", "0s", "--exit", "7")).isEqualTo(7);
    assertThat(out.toString().lines())
        .containsExactly("running for 0s, then exit code 7", "exit code 7");
  }

  @Test
  void waitUntilAPageAnswersWell() throws IOException {
    // Given
    AtomicInteger asked = new AtomicInteger();
    HttpServer server = server(() -> asked.incrementAndGet() < 3 ? 503 : 204, new byte[0]);

    // When
    int exitCode = execute("wait-for", url(server), "--interval", "100ms");
    server.stop(0);

    // Then
    assertThat(exitCode).isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("try 1: " + url(server) + " answers 503"),
            line -> assertThat(line).isEqualTo("try 2: " + url(server) + " answers 503"),
            line -> assertThat(line).startsWith("try 3: " + url(server) + " answers 204, after "));
  }

  @Test
  void waitUntilAPortTakesConnections() throws IOException {
    try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      // Given
      String target = "tcp://127.0.0.1:" + port.getLocalPort();

      // Then
      assertThat(execute("wait-for", target)).isZero();
      assertThat(out.toString()).startsWith("try 1: " + target + " takes connections, after ");
    }
  }

  @Test
  void waitUntilANameHasAnAddress() {
    assertThat(execute("wait-for", "dns:localhost")).isZero();
    assertThat(out.toString()).startsWith("try 1: dns:localhost is 127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:1, connection refused",
    "http://127.0.0.1:1/, connection refused",
    "dns:nothing.invalid, there is no such name",
  })
  void giveUpWhenTheTimeIsOver(String target, String why) {
    // When
    int exitCode = execute("wait-for", target, "--timeout", "300ms", "--interval", "100ms");

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("try 1: " + target + " is not there: " + why + "\ntry 2: ")
        .endsWith("\ngave up after 300ms\n");
  }

  @Test
  void giveUpOnAPageThatNeverAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      // When
      int exitCode =
          execute(
              "wait-for", "http://127.0.0.1:" + silent.getLocalPort() + "/", "--timeout", "200ms");

      // Then
      assertThat(exitCode).isEqualTo(1);
      assertThat(out.toString()).contains("no answer in time");
    }
  }

  @Test
  void fetchIntoAFileThatOthersMayRead() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("index.html"), "old");
    HttpServer server = server(() -> 200, "new".getBytes(StandardCharsets.UTF_8));

    // When
    int exitCode = execute("fetch", url(server), file.toString());
    server.stop(0);

    // Then
    assertThat(exitCode).isZero();
    assertThat(out.toString())
        .isEqualTo("fetched 3 bytes from %s into %s\n".formatted(url(server), file));
    assertThat(file).hasContent("new");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(Files.getPosixFilePermissions(Files.createFile(directory.resolve("usual"))));
  }

  @Test
  void fetchNothingRatherThanAnError() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("index.html"), "old");
    HttpServer server = server(() -> 404, "not found".getBytes(StandardCharsets.UTF_8));

    // When
    int exitCode = execute("fetch", url(server), file.toString());
    server.stop(0);

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(out.toString()).isEqualTo("cannot fetch " + url(server) + ": it answers 404\n");
    assertThat(file).hasContent("old");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void sayWhereNothingCanBeWritten() throws IOException {
    // Given
    Path file = directory.resolve("nowhere/index.html");
    HttpServer server = server(() -> 200, new byte[0]);

    // When
    int exitCode = execute("fetch", url(server), file.toString());
    server.stop(0);

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(out.toString()).isEqualTo("cannot write " + file + ": its directory is not there\n");
  }

  @Test
  void fetchNothingFromNobody() {
    assertThat(execute("fetch", NONE, directory.resolve("file").toString())).isEqualTo(1);
    assertThat(out.toString()).isEqualTo("cannot fetch " + NONE + ": connection refused\n");
    assertThat(directory).isEmptyDirectory();
  }

  private int execute(String... arguments) {
    CommandLine commandLine =
        Commands.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  private static HttpServer server(java.util.function.IntSupplier status, byte[] body)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          int code = status.getAsInt();
          exchange.sendResponseHeaders(code, code == 204 || body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }
}
