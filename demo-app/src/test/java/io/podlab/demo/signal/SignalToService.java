package io.podlab.demo.signal;

import java.io.IOException;
import java.util.List;

/** Signals the packaged service that this JVM has started; there must be one. */
public final class SignalToService {
  private static final String SERVICE = "target/quarkus-app/quarkus-run.jar";

  private SignalToService() {}

  /**
   * @param name without SIG, for example {@code HUP}
   */
  public static void send(String name) throws IOException, InterruptedException {
    String pid = Long.toString(pid());
    if (new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("SIG" + name + " was not sent");
    }
  }

  /** The service's process. */
  public static long pid() {
    List<ProcessHandle> services =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().commandLine().orElse("").contains(SERVICE))
            .toList();
    if (services.size() != 1) {
      throw new IllegalStateException(services.size() + " services run");
    }
    return services.get(0).pid();
  }
}
