package io.podlab.kit.testing;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends what no HTTP client can be made to send. */
public final class RawRequest {
  private static final int LONGEST_MILLISECONDS = 20_000;

  private RawRequest() {}

  /**
   * What comes back before the service closes the connection.
   *
   * @param request each character is a byte
   */
  public static String send(String request) throws IOException {
    try (Socket socket = open(request)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Closes the connection before there is an answer. */
  static void abandon(String request) throws IOException {
    open(request).close();
  }

  private static Socket open(String request) throws IOException {
    Socket socket = new Socket("localhost", RestAssured.port);
    socket.setSoTimeout(LONGEST_MILLISECONDS);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }
}
