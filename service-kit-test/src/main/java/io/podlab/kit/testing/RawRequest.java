package io.podlab.kit.testing;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends what no HTTP client can be made to send. In each request a character is a byte. */
public final class RawRequest {
  private static final int LONGEST_MILLISECONDS = 20_000;

  private RawRequest() {}

  /** What comes back before the service closes the connection. */
  public static String send(String request) throws IOException {
    return send(RestAssured.port, request);
  }

  public static String send(int port, String request) throws IOException {
    try (Socket socket = open(port, request)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The connection, on which an answer may come. */
  public static Socket open(String request) throws IOException {
    return open(RestAssured.port, request);
  }

  private static Socket open(int port, String request) throws IOException {
    Socket socket = new Socket("localhost", port);
    socket.setSoTimeout(LONGEST_MILLISECONDS);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }
}
