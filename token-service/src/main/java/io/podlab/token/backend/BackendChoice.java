package io.podlab.token.backend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The selected backend.
 *
 * @param why the reason, for the log
 */
record BackendChoice(BackendConfig.Kind kind, String why) {
  private static final Path ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  static BackendChoice of(Optional<BackendConfig.Kind> given) {
    return of(given, inAPod(), ACCOUNT);
  }

  /** Whether the kubelet has set the API server's address in the environment. */
  static boolean inAPod() {
    return System.getenv("KUBERNETES_SERVICE_HOST") != null;
  }

  /**
   * @param pod whether this process runs in a pod
   * @param account the path of the service account token, which may not exist
   */
  static BackendChoice of(Optional<BackendConfig.Kind> given, boolean pod, Path account) {
    if (given.isPresent()) {
      return new BackendChoice(given.get(), "LAB_TOKEN_BACKEND is set");
    }
    if (!pod) {
      return new BackendChoice(BackendConfig.Kind.FILE, "the service does not run in a pod");
    }
    return Files.isReadable(account)
        ? new BackendChoice(
            BackendConfig.Kind.KUBERNETES, "the service runs in a pod with a service account")
        : new BackendChoice(
            BackendConfig.Kind.FILE, "the service runs in a pod without a service account");
  }
}
