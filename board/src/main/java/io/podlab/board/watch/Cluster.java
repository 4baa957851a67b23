package io.podlab.board.watch;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.podlab.kit.text.Printable;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Configures access to the API server: from the kubeconfig, or in a pod from its service account.
 */
final class Cluster {
  private static final int CONNECT_MILLISECONDS = 3_000;
  private static final int REQUEST_MILLISECONDS = 5_000;

  /** Each namespace has nine watches; each of them needs a connection. */
  private static final int MOST_CONNECTIONS = 1_000;

  private static final int LONGEST_SHOWN = 256;

  private Cluster() {}

  /** Replaces the configuration of Quarkus, which does not support contexts. */
  @Produces
  @Singleton
  static Config config(BoardConfig board) {
    Config config = Config.autoConfigure(board.context().orElse(null));
    board.context().ifPresent(context -> require(context, config.getContexts()));
    config.setConnectionTimeout(CONNECT_MILLISECONDS);
    config.setRequestTimeout(REQUEST_MILLISECONDS);
    config.setMaxConcurrentRequests(MOST_CONNECTIONS);
    config.setMaxConcurrentRequestsPerHost(MOST_CONNECTIONS);
    // Informer and Heartbeat retry by themselves and report their state meanwhile.
    config.setRequestRetryBackoffLimit(0);
    config.setWatchReconnectLimit(0);
    return config;
  }

  private static void require(String context, List<NamedContext> known) {
    List<NamedContext> contexts = known == null ? List.of() : known;
    if (contexts.stream().noneMatch(one -> one.getName().equals(context))) {
      throw new ConfigurationException(
          "LAB_BOARD_CONTEXT is invalid: %s"
              .formatted(
                  contexts.isEmpty()
                      ? ("'%s' is not a context, because no kubeconfig with contexts was found;"
                              + " set KUBECONFIG to the path of a kubeconfig")
                          .formatted(Printable.line(context, LONGEST_SHOWN))
                      : "'%s' is not a context of the kubeconfig; use %s"
                          .formatted(
                              Printable.line(context, LONGEST_SHOWN),
                              contexts.stream()
                                  .map(NamedContext::getName)
                                  .collect(Collectors.joining(", ")))));
    }
  }

  /** Whether a kubeconfig, a service account or a setting gives the address of the API server. */
  static boolean isConfigured(Config config) {
    return !Config.DEFAULT_MASTER_URL.startsWith(withoutSlash(config.getMasterUrl()));
  }

  private static String withoutSlash(String url) {
    return Optional.ofNullable(url).orElse("").replaceAll("/+$", "");
  }
}
