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
          serve                                 | unknown command 'serve'; use run, wait-for, fetch, load, --help or no arguments
          --color=red                           | unknown option '--color=red'
          run --for 1d                          | --for is invalid: '1d' is not a duration; use Go syntax
          run --for -1s                         | --for is invalid: '-1s' is out of range; use 0s to 24h0m0s
          run --for 25h                         | --for is invalid: '25h' is out of range; use 0s to 24h0m0s
          run --exit 256                        | --exit is invalid: '256' is out of range; use 0 to 255
          run --exit -1                         | --exit is invalid: '-1' is out of range; use 0 to 255
          run --exit one                        | --exit is invalid: 'one' is not an integer; use digits only
          run now                               | unexpected argument 'now'; usage: demo-app run [-h] [--exit=CODE] [--for=DURATION]
          wait-for                              | Missing required parameter: 'TARGET'
          wait-for database                     | TARGET is invalid: it is not a URL, port or name; use http://…, https://…, tcp://HOST:PORT or dns:NAME
          wait-for ftp://database               | tcp://HOST:PORT or dns:NAME
          wait-for tcp://database               | tcp://HOST:PORT or dns:NAME
          wait-for tcp://database:70000         | tcp://HOST:PORT or dns:NAME
          wait-for tcp://database:1/path        | tcp://HOST:PORT or dns:NAME
          wait-for dns:                         | tcp://HOST:PORT or dns:NAME
          wait-for dns:a/b                      | tcp://HOST:PORT or dns:NAME
          wait-for http://user:secret@host/     | the URL contains a user name or password; use a URL without them
          wait-for http:///path                 | tcp://HOST:PORT or dns:NAME
          wait-for dns:a --timeout 0s           | --timeout is invalid: '0s' is out of range; use 100ms to 24h0m0s
          wait-for dns:a --interval 1ms         | --interval is invalid: '1ms' is out of range; use 100ms to 24h0m0s
          fetch http://a/                       | Missing required parameter: 'FILE'
          fetch tcp://a:1 file                  | URL is invalid: it is not an HTTP URL; use http://… or https://…
          fetch http://a/ /                     | FILE is invalid: '/' is a directory
          fetch http://a/ file --timeout 2h     | --timeout is invalid: '2h' is out of range; use 100ms to 1h0m0s
          load                                  | Missing required parameter: 'URL'
          load demo:8080                        | the URL does not begin with http://
          load https://demo                     | https is not supported; use http://HOST
          load http://demo --rate 0             | --rate is invalid: '0' is not a valid rate; use 1 to 1000
          load http://demo --rate 1001          | --rate is invalid: '1001' is not a valid rate; use 1 to 1000
          load http://demo --rate fast          | --rate is invalid: 'fast' is not a valid rate; use 1 to 1000
          load http://demo --for 0              | --for is invalid: '0' is out of range; use 100ms to 1h0m0s
          load http://demo --for 61m            | --for is invalid: '61m' is out of range; use 100ms to 1h0m0s
          load http://demo --for 30             | --for is invalid: '30' is not a duration; use Go syntax
          load http://demo --keepalive          | unknown option '--keepalive'
          """)
  void refuseInvalidArgumentsWithOneLine(String line, String why) {
    // When
    int exitCode = execute(line.split(" "));

    // Then
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(why);
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
        .containsExactly("running for 0s, then exiting with code 7", "exiting with code 7");
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
            line -> assertThat(line).isEqualTo("try 1: " + url(server) + " answered 503"),
            line -> assertThat(line).isEqualTo("try 2: " + url(server) + " answered 503"),
            line -> assertThat(line).startsWith("try 3: " + url(server) + " answered 204 after "));
  }

  @Test
  void waitUntilAPortTakesConnections() throws IOException {
    try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      // Given
      String target = "tcp://127.0.0.1:" + port.getLocalPort();

      // Then
      assertThat(execute("wait-for", target)).isZero();
      assertThat(out.toString()).startsWith("try 1: " + target + " accepts connections after ");
    }
  }

  @Test
  void waitUntilANameHasAnAddress() {
    assertThat(execute("wait-for", "dns:localhost")).isZero();
    assertThat(out.toString()).startsWith("try 1: dns:localhost resolves to 127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:1, connection refused",
    "http://127.0.0.1:1/, connection refused",
    "dns:nothing.invalid, name not found",
  })
  void giveUpWhenTheTimeIsOver(String target, String why) {
    // When
    int exitCode = execute("wait-for", target, "--timeout", "300ms", "--interval", "100ms");

    // Then
    assertThat(exitCode).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("try 1: " + target + " is not available: " + why + "\ntry 2: ")
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
    assertThat(out.toString())
        .isEqualTo("cannot fetch " + url(server) + ": the server answered 404\n");
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
    assertThat(out.toString())
        .isEqualTo("cannot write " + file + ": the directory does not exist\n");
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
