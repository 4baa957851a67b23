package io.podlab.kit.start;

import io.podlab.kit.signal.Signals;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;

/** Starts a service, or refuses to start it. */
public final class Start {
  private static volatile boolean stopping;

  private Start() {}

  /** Runs the service until it is stopped, then exits the process. */
  public static void run(String... arguments) {
    Signals.onStop(Start::stop);
    // Quarkus would answer an invalid URI with an empty 400; http.RequestTarget normalizes it.
    System.setProperty("vertx.disableURIValidation", "true");
    LogFormat.refusal().ifPresent(Start::refuse);
    // http.OpenApiRoute serves the OpenAPI document. With this class loader, Quarkus finds no
    // document to parse.
    OpenApiConstants.classLoader = ClassLoader.getPlatformClassLoader();
    TraceSettings.apply();
    Quarkus.run(null, StartFailure::exit, arguments);
  }

  /**
   * Exits immediately while the service starts, because the shutdown of Quarkus would wait for the
   * start to complete. A service with its own shutdown replaces this handler.
   */
  private static void stop(String signal, int exitCode) {
    Application application = Application.currentApplication();
    if (stopping || application != null && application.isStarted()) {
      stopping = true;
      System.exit(exitCode);
    }
    StartFailure.print(signal + " arrived before the start was complete");
    Runtime.getRuntime().halt(exitCode);
  }

  /**
   * Exits the process with code 1.
   *
   * @param why one line that says what to change
   */
  public static void refuse(String why) {
    StartFailure.print(why);
    System.exit(1);
  }

  /**
   * @param variable the setting that chooses the port
   */
  public static String portInUse(int port, String host, String variable) {
    return "port %d on %s is in use; stop the program that uses it, or set %s to a free port"
        .formatted(port, host, variable);
  }
}
