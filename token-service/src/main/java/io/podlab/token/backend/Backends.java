package io.podlab.token.backend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podlab.kit.settings.CommaSeparated;
import io.podlab.token.access.AccessConfig;
import io.podlab.token.access.AdminToken;
import io.podlab.token.access.Authority;
import io.podlab.token.access.ClusterAuthority;
import io.podlab.token.access.ListenAddress;
import io.podlab.token.bootstrap.TokenBackend;
import io.podlab.token.ca.CaConfig;
import io.podlab.token.file.FileConfig;
import io.podlab.token.file.FileTokens;
import io.podlab.token.kubernetes.ApiServer;
import io.podlab.token.kubernetes.KubernetesTokens;
import io.podlab.token.state.StateConfig;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig.InsecureRequests;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
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
      FileConfig fileConfig,
      CaConfig ca,
      StateConfig state,
      AccessConfig access,
      VertxHttpConfig http) {
    return switch (choice.kind()) {
      case KUBERNETES -> {
        refuse("LAB_TOKEN_ENDPOINT", fileConfig.endpoint().isPresent());
        refuse("LAB_TOKEN_CA_FILE", ca.caFile().isPresent());
        refuse("LAB_TOKEN_INSECURE", access.insecure());
        refuse("LAB_TOKEN_DIR", state.dir().isPresent());
        ApiServer api = new ApiServer(client.get());
        LOG.infof("tokens are Secrets of the cluster at %s: %s", api.url(), choice.why());
        yield new KubernetesTokens(api);
      }
      case FILE -> {
        refuse("LAB_TOKEN_AUDIENCES", access.audiences().isPresent());
        ListenAddress.check(
            http.host(), takesPlainHttp(http.insecureRequests()), access.insecure());
        LOG.infof("tokens are kept in a file of this service: %s", choice.why());
        yield file.get();
      }
    };
  }

  /** A setting of the other backend would be ignored without a word. */
  private void refuse(String variable, boolean given) {
    if (given) {
      throw new ConfigurationException(
          "%s has no effect with the %s backend; leave it out"
              .formatted(variable, choice.kind().name().toLowerCase(Locale.ROOT)));
    }
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
