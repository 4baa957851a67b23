package io.podlab.board.watch;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** What an answer of the API server means, in words. */
final class Problems {
  private Problems() {}

  static String sentence(KubernetesClientException e, KubernetesClient client) {
    // Below 1 there was no answer.
    return e.getCode() < 1 ? unreachable(client) : sentence(e.getCode());
  }

  static String sentence(int status) {
    return status == HttpURLConnection.HTTP_UNAUTHORIZED
        ? "the API server does not accept the credential, which may have expired (401)"
        : "the API server answers " + status;
  }

  static String unreachable(KubernetesClient client) {
    return "the API server cannot be reached at " + client.getMasterUrl();
  }
}
