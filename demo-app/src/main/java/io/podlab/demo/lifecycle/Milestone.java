package io.podlab.demo.lifecycle;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The kinds of lifecycle events. JSON, metrics and tables write them like {@code first-request}.
 */
public enum Milestone {
  PROCESS_START(false),
  LISTENING(false),
  POST_START(true),
  FIRST_REQUEST(false),
  FIRST_LIVENESS_PROBE(false),
  FIRST_READINESS_PROBE(false),
  FIRST_STARTUP_PROBE(false),
  READY(true),
  NOT_READY(true),
  RELOAD(true),
  PRE_STOP_BEGIN(true),
  PRE_STOP_END(true),
  SIGTERM(false),
  SIGINT(false),
  LAST_REQUEST(false);

  private final boolean repeated;
  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  Milestone(boolean repeated) {
    this.repeated = repeated;
  }

  /** Whether it can happen any number of times, so that the history has a limit for it. */
  boolean isRepeated() {
    return repeated;
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
