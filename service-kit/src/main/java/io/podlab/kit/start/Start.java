package io.podlab.kit.start;

import io.podlab.kit.signal.Signals;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;

/** How every service starts, and how it refuses to. */
public final class Start {
  private static volatile boolean stopping;

  private Start() {}

  /** Runs the service until it is stopped, and ends the process. */
  public static void run(String... arguments) {
    Signals.onStop(Start::stop);
    // Quarkus would answer what is not a URI with an empty 400; http.RequestTarget understands it.
    System.setProperty("vertx.disableURIValidation", "true");
    LogFormat.refusal().ifPresent(Start::refuse);
    // http.OpenApiRoute serves the OpenAPI document. Quarkus finds none here, and has nothing to parse.
    OpenApiConstants.classLoader = ClassLoader.getPlatformClassLoader();
    TraceSettings.apply();
    Quarkus.run(null, StartFailure::exit, arguments);
  }

  /**
   * At once while the service starts: Quarkus' shutdown would first wait for the end of the start,
   * however long it takes. A service that stops in its own way replaces this.
   */
  private static void stop(String signal, int exitCode) {
    Application application = Application.currentApplication();
    if (stopping || application != null && application.isStarted()) {
      stopping = true;
      System.exit(exitCode);
    }
    StartFailure.print(signal + " came before the start was over");
    Runtime.getRuntime().halt(exitCode);
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
