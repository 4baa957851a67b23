package io.podlab.demo.load;

/** A request that could not be sent on schedule. Its message is the reason for the summary. */
final class NotSent extends Exception {
  private static final long serialVersionUID = 1;

  NotSent(String why) {
    super(why);
  }
}
