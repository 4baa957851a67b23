package io.podlab.board.watch;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** A client of the mock server without retries, as {@link Cluster} configures it. */
final class NoRetryClient {
  private NoRetryClient() {}

  static KubernetesClient like(KubernetesClient client) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(client.getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectLimit(0)
                .withRequestTimeout(5000)
                .build())
        .build();
  }
}
