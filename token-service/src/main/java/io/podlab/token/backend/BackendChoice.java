package io.podlab.token.backend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * @param why as it is told in the log
 */
record BackendChoice(BackendConfig.Kind kind, String why) {
  private static final Path ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  /** For this process. */
  static BackendChoice of(Optional<BackendConfig.Kind> given) {
    return of(given, inAPod(), ACCOUNT);
  }

  /** Whether the kubelet has told this process where the API server is. */
  static boolean inAPod() {
    return System.getenv("KUBERNETES_SERVICE_HOST") != null;
  }

  /**
   * @param pod whether this process runs in one
   * @param account the token of the pod's service account, if one is mounted
   */
  static BackendChoice of(Optional<BackendConfig.Kind> given, boolean pod, Path account) {
    if (given.isPresent()) {
      return new BackendChoice(given.get(), "LAB_TOKEN_BACKEND says so");
    }
    if (!pod) {
      return new BackendChoice(BackendConfig.Kind.FILE, "this is not a pod");
    }
    return Files.isReadable(account)
        ? new BackendChoice(BackendConfig.Kind.KUBERNETES, "this is a pod with a service account")
        : new BackendChoice(BackendConfig.Kind.FILE, "this is a pod without a service account");
  }
}
