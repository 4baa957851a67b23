package io.podlab.kit.start;

import io.quarkus.runtime.Quarkus;

/** How every service starts, and how it refuses to. */
public final class Start {
  private Start() {}

  /** Runs the service until it is stopped, and ends the process. */
  public static void run(String... arguments) {
    // Quarkus would answer what is not a URI with an empty 400; http.RequestTarget understands it.
    System.setProperty("vertx.disableURIValidation", "true");
    LogFormat.refusal().ifPresent(Start::refuse);
    Quarkus.run(null, StartFailure::exit, arguments);
  }

  /**
   * Ends the process with exit code 1.
   *
   * @param why one line for whoever started it
   */
  public static void refuse(String why) {
    StartFailure.print(why);
    System.exit(1);
  }
}
