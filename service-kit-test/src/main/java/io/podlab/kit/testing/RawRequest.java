package io.podlab.kit.testing;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends requests that HTTP clients refuse to send. Each character is one byte. */
public final class RawRequest {
  private static final int TIMEOUT_MILLISECONDS = 20_000;

  private RawRequest() {}

  /** Returns everything that the service sends until it closes the connection. */
  public static String send(String request) throws IOException {
    return send(RestAssured.port, request);
  }

  public static String send(int port, String request) throws IOException {
    try (Socket socket = open(port, request)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Sends the request, and returns the open connection. */
  public static Socket open(String request) throws IOException {
    return open(RestAssured.port, request);
  }

  private static Socket open(int port, String request) throws IOException {
    Socket socket = new Socket("localhost", port);
    socket.setSoTimeout(TIMEOUT_MILLISECONDS);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }
}
