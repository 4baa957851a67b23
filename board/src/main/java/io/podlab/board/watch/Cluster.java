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

/** How the API server is reached: by the kubeconfig, or in a pod by its service account. */
final class Cluster {
  private static final int CONNECT_MILLISECONDS = 3_000;
  private static final int REQUEST_MILLISECONDS = 5_000;

  /** Each namespace has nine watches, each on a connection of its own. */
  private static final int MOST_CONNECTIONS = 1_000;

  private Cluster() {}

  /** Takes the place of Quarkus' own, which knows no contexts. */
  @Produces
  @Singleton
  static Config config(BoardConfig board) {
    Config config = Config.autoConfigure(board.context().orElse(null));
    board.context().ifPresent(context -> require(context, config.getContexts()));
    config.setConnectionTimeout(CONNECT_MILLISECONDS);
    config.setRequestTimeout(REQUEST_MILLISECONDS);
    config.setMaxConcurrentRequests(MOST_CONNECTIONS);
    config.setMaxConcurrentRequestsPerHost(MOST_CONNECTIONS);
    // Informer and Heartbeat try again by themselves, and say what they see meanwhile.
    config.setRequestRetryBackoffLimit(0);
    config.setWatchReconnectLimit(0);
    return config;
  }

  private static void require(String context, List<NamedContext> known) {
    List<NamedContext> contexts = known == null ? List.of() : known;
    if (contexts.stream().noneMatch(one -> one.getName().equals(context))) {
      throw new ConfigurationException(
          "LAB_BOARD_CONTEXT=%s is invalid: %s"
              .formatted(
                  Printable.quoted(context),
                  contexts.isEmpty()
                      ? "there is no kubeconfig, or it has no contexts"
                      : contexts.stream()
                          .map(NamedContext::getName)
                          .collect(Collectors.joining(", ", "the kubeconfig has ", ""))));
    }
  }

  /**
   * Whether there is a kubeconfig, a service account, or another word on where the API server is.
   */
  static boolean isConfigured(Config config) {
    return !Config.DEFAULT_MASTER_URL.startsWith(withoutSlash(config.getMasterUrl()));
  }

  private static String withoutSlash(String url) {
    return Optional.ofNullable(url).orElse("").replaceAll("/+$", "");
  }
}
