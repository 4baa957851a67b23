package io.podlab.demo.load;

/** A request that was due and was not sent; its message says why, as that of a failure does. */
final class NotSent extends Exception {
  private static final long serialVersionUID = 1;

  NotSent(String why) {
    super(why);
  }
}
