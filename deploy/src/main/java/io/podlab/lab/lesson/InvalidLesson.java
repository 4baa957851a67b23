package io.podlab.lab.lesson;

/** A lesson.md with an error. The message is one line for its author. */
public final class InvalidLesson extends Exception {
  private static final long serialVersionUID = 1;

  InvalidLesson(String message) {
    super(message);
  }
}
