package io.podlab.board.watch;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** A client of the mock server that tries nothing again by itself, as {@link Cluster} has it. */
final class ImpatientClient {
  private ImpatientClient() {}

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
