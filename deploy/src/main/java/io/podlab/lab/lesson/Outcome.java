package io.podlab.lab.lesson;

import java.util.Locale;

/** How a play ended. */
enum Outcome {
  /** All promises that could be looked at hold, and every command did what it should. */
  HELD,
  FAILED,
  /** This cluster or machine lacks what the lesson needs: it says nothing about the lesson. */
  SKIPPED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
