package io.podlab.board.watch;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Texts for failed requests to the API server. */
final class ApiErrors {
  private ApiErrors() {}

  static String describe(KubernetesClientException e, KubernetesClient client) {
    // A code below 1 means no answer.
    return e.getCode() < 1 ? unreachable(client) : describe(e.getCode());
  }

  static String describe(int status) {
    return status == HttpURLConnection.HTTP_UNAUTHORIZED
        ? "the API server rejects the credentials (401); they may have expired"
        : "the API server answered with status " + status;
  }

  static String unreachable(KubernetesClient client) {
    return "cannot reach the API server at " + client.getMasterUrl();
  }
}
