package io.podlab.probe.schedule;

/** A text that is no schedule; the message says where and why, in one line. */
public final class ScheduleSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int position;

  ScheduleSyntaxException(int position, String why) {
    super("character " + position + ": " + why);
    this.position = position;
  }

  /** Of the first character that makes no sense, from 1. */
  public int position() {
    return position;
  }
}
