package io.podlab.token.backend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podlab.kit.settings.CommaSeparated;
import io.podlab.token.access.AccessConfig;
import io.podlab.token.access.AdminToken;
import io.podlab.token.access.Authority;
import io.podlab.token.access.ClusterAuthority;
import io.podlab.token.access.ListenAddress;
import io.podlab.token.bootstrap.TokenBackend;
import io.podlab.token.file.FileTokens;
import io.podlab.token.kubernetes.ApiServer;
import io.podlab.token.kubernetes.KubernetesTokens;
import io.podlab.token.state.StateConfig;
import io.quarkus.runtime.Startup;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig.InsecureRequests;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes the chosen backend and its authority; of the other, nothing. */
@Singleton
class Backends {
  private static final Logger LOG = Logger.getLogger(Backends.class);

  private final BackendChoice choice;

  @Inject
  Backends(BackendConfig config) {
    this.choice = BackendChoice.of(config.backend());
  }

  @Produces
  @Singleton
  @Startup
  TokenBackend backend(
      Instance<KubernetesClient> client,
      Instance<FileTokens> file,
      AccessConfig access,
      VertxHttpConfig http) {
    return switch (choice.kind()) {
      case KUBERNETES -> {
        ApiServer api = new ApiServer(client.get());
        LOG.infof("tokens are Secrets of the cluster at %s: %s", api.url(), choice.why());
        yield new KubernetesTokens(api);
      }
      case FILE -> {
        ListenAddress.check(
            http.host(), takesPlainHttp(http.insecureRequests()), access.insecure());
        LOG.infof("tokens are kept in a file of this service: %s", choice.why());
        yield file.get();
      }
    };
  }

  static boolean takesPlainHttp(Optional<InsecureRequests> setting) {
    // What redirects to TLS has read the admin token by then.
    return setting.orElse(InsecureRequests.ENABLED) != InsecureRequests.DISABLED;
  }

  /** After the backend: it has made sure that no other process keeps its state there. */
  @Produces
  @Singleton
  @Startup
  Authority authority(
      TokenBackend backend,
      Instance<KubernetesClient> client,
      AccessConfig access,
      StateConfig state) {
    return switch (choice.kind()) {
      case KUBERNETES ->
          new ClusterAuthority(
              new ApiServer(client.get()),
              access.audiences().map(CommaSeparated::items).orElse(List.of()));
      case FILE -> AdminToken.in(state.directory());
    };
  }
}
