package io.podlab.probe.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/**
 * Starts with the arguments that demo manifests pass: {@code /server} (the training, the older
 * Kubernetes documentation), {@code liveness} (agnhost), or none. All three mean the same.
 */
@QuarkusMain
public final class Main {
  private static final List<List<String>> KNOWN =
      List.of(List.of(), List.of("/server"), List.of("liveness"));

  private Main() {}

  public static void main(String... arguments) {
    if (!KNOWN.contains(List.of(arguments))) {
      StartFailure.exit(
          "the argument is /server, liveness, or none, but got: " + String.join(" ", arguments));
    }
    LogFormat.refusal().ifPresent(StartFailure::exit);
    Quarkus.run(null, StartFailure::exit, arguments);
  }
}
