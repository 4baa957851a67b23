package io.podlab.lab.lesson;

import io.podlab.lab.lesson.MomentFeed.Line;
import io.podlab.lab.local.BoardProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The board of a play, and the moments that it reports during the play. */
final class Moments {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CONNECT_MILLIS = 5_000;
  private static final int PICTURE_MILLIS = 10_000;

  /** The selector of the picture: no pods that check an image. */
  private static final String LESSON_ONLY =
      URLEncoder.encode(ImageCheck.LABEL + "!=true", StandardCharsets.UTF_8);

  private final BoardProcess board;
  private final StopRequest stop;
  private volatile boolean following;
  private volatile HttpURLConnection connection;

  Moments(BoardProcess board, StopRequest stop) {
    this.board = board;
    this.stop = stop;
    stop.own(board.pid());
  }

  String address() {
    return board.address();
  }

  /**
   * Waits until the board is ready. Then calls {@code eachLine} for each moment, on another thread.
   *
   * @throws io.podlab.lab.Failure (failed) if the board does not become ready
   */
  void follow(Consumer<Line> eachLine) throws IOException, InterruptedException {
    board.awaitReady(PATIENCE);
    HttpURLConnection stream =
        (HttpURLConnection)
            URI.create(board.address() + "/moments?follow").toURL().openConnection(Proxy.NO_PROXY);
    stream.setConnectTimeout(CONNECT_MILLIS);
    stream.setRequestProperty("Accept", "text/event-stream");
    connection = stream;
    following = true;
    Thread reader = new Thread(() -> read(stream, eachLine), "moments");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(HttpURLConnection stream, Consumer<Line> eachLine) {
    ServerSentEvents events = new ServerSentEvents();
    MomentFeed feed = new MomentFeed();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null && following; line = lines.readLine()) {
        events
            .line(line)
            .flatMap(event -> feed.line(event, Instant.now()))
            .filter(any -> following)
            .ifPresent(eachLine);
      }
    } catch (IOException theBoardHasEnded) {
      // The lesson continues without moments.
    }
  }

  /**
   * The board's own picture of the time until now, as a standalone SVG.
   *
   * @return empty if the board does not answer
   */
  Optional<String> picture(Duration last) {
    // The board draws from ten seconds to one hour.
    long seconds = Math.max(10, Math.min(3600, last.toSeconds() + 1));
    try {
      HttpURLConnection request =
          (HttpURLConnection)
              URI.create(
                      board.address() + "/picture.svg?last=" + seconds + "s&label=" + LESSON_ONLY)
                  .toURL()
                  .openConnection(Proxy.NO_PROXY);
      request.setConnectTimeout(CONNECT_MILLIS);
      request.setReadTimeout(PICTURE_MILLIS);
      try (InputStream svg = request.getInputStream()) {
        return Optional.of(new String(svg.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException noPicture) {
      return Optional.empty();
    }
  }

  /** Stops the calls of {@code eachLine}. */
  void silence() {
    following = false;
  }

  /** Ends the board. */
  void end() throws InterruptedException {
    silence();
    board.end();
    stop.disown(board.pid());
    if (connection != null) {
      connection.disconnect();
    }
  }
}
