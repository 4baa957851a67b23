package io.podlab.lab.lesson;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Waits for a person to press Enter. Lines that came before it was asked for do not count. */
final class Prompt {
  private final Console console;
  private final InputStream input;

  /** Lines of the input; a false one stands for its end. */
  private final BlockingQueue<Boolean> lines = new LinkedBlockingQueue<>();

  private boolean reading;

  Prompt(Console console, InputStream input) {
    this.console = console;
    this.input = input;
  }

  /**
   * @param what what Enter does
   * @return false if the input has ended, so that nobody can press it
   */
  synchronized boolean await(String what) throws InterruptedException {
    lines.removeIf(pressed -> pressed);
    if (!reading) {
      reading = true;
      skipWhatIsThere();
      // Reading cannot be interrupted, waiting can.
      Thread reader = new Thread(this::read, "input");
      reader.setDaemon(true);
      reader.start();
    }
    console.say("press Enter " + what);
    boolean pressed = lines.take();
    if (!pressed) {
      lines.add(false);
    }
    return pressed;
  }

  /** As {@link #await}; fails if nobody can press it. */
  void require(String what, String option) throws InterruptedException {
    if (!await(what)) {
      throw Failure.usage(
          option + " waits for Enter, and standard input has ended: start it in a terminal");
    }
  }

  private void skipWhatIsThere() {
    try {
      input.skip(input.available());
    } catch (IOException closed) {
      // The reader finds its end.
    }
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      while (reader.readLine() != null) {
        lines.add(true);
      }
    } catch (IOException closed) {
      // As good as ended.
    }
    lines.add(false);
  }
}
