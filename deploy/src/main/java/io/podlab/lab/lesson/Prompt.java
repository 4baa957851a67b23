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

/** Waits until the user presses Enter. Ignores lines that came before the prompt. */
final class Prompt {
  private final Console console;
  private final InputStream input;

  /** One true per input line, and false at the end of the input. */
  private final BlockingQueue<Boolean> lines = new LinkedBlockingQueue<>();

  private boolean reading;

  Prompt(Console console, InputStream input) {
    this.console = console;
    this.input = input;
  }

  /**
   * @param what the action that follows
   * @return false if the input has ended
   */
  synchronized boolean await(String what) throws InterruptedException {
    lines.removeIf(pressed -> pressed);
    if (!reading) {
      reading = true;
      skipWhatIsThere();
      // A read cannot be interrupted, but this wait can.
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

  /** Like {@link #await}, but fails if the input has ended. */
  void require(String what, String option) throws InterruptedException {
    if (!await(what)) {
      throw Failure.usage(
          option + " needs a terminal, because it waits for Enter; standard input has ended");
    }
  }

  private void skipWhatIsThere() {
    try {
      input.skip(input.available());
    } catch (IOException closed) {
      // The reader thread handles the end of the input.
    }
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      while (reader.readLine() != null) {
        lines.add(true);
      }
    } catch (IOException closed) {
      // The same as the end of the input.
    }
    lines.add(false);
  }
}
