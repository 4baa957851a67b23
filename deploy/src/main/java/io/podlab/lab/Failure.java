package io.podlab.lab;

/**
 * A command cannot do what it was asked to. The message is one or more plain lines for the person
 * at the terminal, each saying what is wrong and what to do; {@link Lab} prints it after {@code
 * lab: } on stderr, without a stack trace, and ends with {@link #exitCode()}.
 */
public final class Failure extends RuntimeException {
  /** What was asked for was tried and did not succeed. */
  public static final int FAILED = 1;

  /** The command line is invalid. Picocli's own code for it. */
  public static final int USAGE = 2;

  /** Something that the command needs is not on this machine: a tool, an engine, a cluster. */
  public static final int MISSING = 3;

  /** The state of this machine forbids it: a port is taken, the lab is up already. */
  public static final int CONFLICT = 4;

  private final int exitCode;

  private Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public static Failure failed(String message) {
    return new Failure(FAILED, message);
  }

  public static Failure missing(String message) {
    return new Failure(MISSING, message);
  }

  public static Failure conflict(String message) {
    return new Failure(CONFLICT, message);
  }

  public static Failure usage(String message) {
    return new Failure(USAGE, message);
  }

  public int exitCode() {
    return exitCode;
  }
}
