package io.podlab.lab.local;

import io.podlab.lab.Failure;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Checks whether the ports of the services are free. */
final class Ports {
  private static final int CONNECT_MILLIS = 500;

  private Ports() {}

  /**
   * Checks all ports before the first start.
   *
   * @throws Failure (conflict) with one line for each port that is in use
   */
  static void requireFree(List<Program> programs) {
    boolean linux = SearchPath.ofThisProcess().find("ss").isPresent();
    List<String> taken = new ArrayList<>();
    for (Program program : programs) {
      if (isTaken(program.port())) {
        taken.add(line(program, linux));
      }
      for (Port port : program.otherPorts()) {
        if (isTaken(port.number())) {
          taken.add(line(program, port, linux));
        }
      }
    }
    if (!taken.isEmpty()) {
      throw Failure.conflict(String.join("\n", taken));
    }
  }

  static String line(Program program, boolean linux) {
    return line(program.port(), program.title(), linux);
  }

  /** Also names the setting for another port, which HTTP ports do not have. */
  static String line(Program program, Port port, boolean linux) {
    return line(port.number(), program.title() + ", " + port.name(), linux)
        + ", or set another port with "
        + port.variable();
  }

  private static String line(int port, String whose, boolean linux) {
    String show =
        linux ? "ss -ltnp 'sport = :" + port + "'" : "lsof -nP -iTCP:" + port + " -sTCP:LISTEN";
    return String.format(
        "port %d (%s) is in use; find the program with `%s` and stop it", port, whose, show);
  }

  /** This port if it is free, or any free port. */
  static int free(int wanted) throws IOException {
    if (wanted > 0 && !isTaken(wanted)) {
      return wanted;
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * True if the port cannot be bound on 127.0.0.1, or if a program listens there or on ::1. BSD
   * systems can bind 127.0.0.1 while another program listens on 0.0.0.0. A listener on ::1 could
   * get the requests that curl sends to {@code localhost}.
   */
  static boolean isTaken(int port) {
    return !canBind(port) || somebodyAnswers(port);
  }

  private static boolean canBind(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // Ignores connections of the previous run in TIME_WAIT.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static boolean somebodyAnswers(int port) {
    for (String address : List.of("127.0.0.1", "::1")) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getByName(address), port), CONNECT_MILLIS);
        return true;
      } catch (IOException nobody) {
        continue;
      }
    }
    return false;
  }
}
