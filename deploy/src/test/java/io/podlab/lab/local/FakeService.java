package io.podlab.lab.local;

import com.sun.net.httpserver.HttpServer;
import io.podlab.lab.process.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A process that behaves as a service, or as a broken service. */
final class FakeService {
  enum Manner {
    /** Ready immediately; ends on SIGTERM. */
    GOOD,
    /** Prints an error and exits with code 3. */
    DIES,
    /** Runs but never becomes ready. */
    NEVER_READY,
    /** Ready immediately; ignores SIGTERM. */
    DEAF
  }

  private FakeService() {}

  static Program program(String title, Manner manner) {
    int port = freePort();
    return new Program(
        title,
        port,
        List.of(),
        "/",
        Program.READINESS,
        Optional.empty(),
        java(FakeService.class, manner.name(), "" + port));
  }

  /** A main class of the tests in a JVM of its own. */
  static Command java(Class<?> main, String... arguments) {
    return Command.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName())
        .with(arguments);
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Manner manner = Manner.valueOf(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    if (manner == Manner.DIES) {
      System.err.println("LAB_COLOR: 'purplish' is not a color");
      System.exit(3);
    }
    if (manner == Manner.DEAF) {
      Runtime.getRuntime().addShutdownHook(new Thread(FakeService::neverEnd));
    }
    int status = manner == Manner.NEVER_READY ? 503 : 200;
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    System.out.println("listening on " + port);
  }

  private static void neverEnd() {
    while (true) {
      LockSupport.park();
    }
  }
}
