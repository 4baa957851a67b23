package io.podlab.probe.schedule;

/** Thrown for text that is not a schedule. */
public final class InvalidScheduleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String detail;
  private final String accepted;

  /**
   * @param detail what is wrong, and where
   * @param accepted the end of a sentence that starts with "use"
   */
  InvalidScheduleException(String detail, String accepted) {
    super(detail + "; use " + accepted);
    this.detail = detail;
    this.accepted = accepted;
  }

  public String detail() {
    return detail;
  }

  public String accepted() {
    return accepted;
  }
}
