package io.podlab.lab.record;

import java.util.Locale;

/** The result of a play. */
public enum Outcome {
  /** Every promise that could be checked holds, and every command succeeded. */
  PASSED,
  FAILED,
  /** The cluster or machine lacks a requirement of the lesson, so the lesson was not played. */
  SKIPPED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
