package io.podlab.token.backend;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podlab.kit.settings.CommaSeparated;
import io.podlab.token.access.AccessConfig;
import io.podlab.token.access.AdminToken;
import io.podlab.token.access.Authorizer;
import io.podlab.token.access.ClusterAuthorizer;
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

/** Creates the selected backend and its authorizer. Nothing of the other backend is created. */
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
        LOG.infof(
            "storing tokens as Secrets of the cluster at %s, because %s", api.url(), choice.why());
        yield new KubernetesTokens(api);
      }
      case FILE -> {
        refuse("LAB_TOKEN_AUDIENCES", access.audiences().isPresent());
        ListenAddress.check(
            http.host(), acceptsPlainHttp(http.insecureRequests()), access.insecure());
        LOG.infof("storing tokens in a file, because %s", choice.why());
        yield file.get();
      }
    };
  }

  /** Refuses a setting of the other backend, which would have no effect. */
  private void refuse(String variable, boolean given) {
    if (given) {
      throw new ConfigurationException(
          "%s has no effect with the %s backend; unset it"
              .formatted(variable, choice.kind().name().toLowerCase(Locale.ROOT)));
    }
  }

  static boolean acceptsPlainHttp(Optional<InsecureRequests> setting) {
    // A redirect to TLS comes too late: the request has already sent the admin token in clear.
    return setting.orElse(InsecureRequests.ENABLED) != InsecureRequests.DISABLED;
  }

  /** Needs the backend first, which locks the state directory against other processes. */
  @Produces
  @Singleton
  @Startup
  Authorizer authorizer(
      TokenBackend backend,
      Instance<KubernetesClient> client,
      AccessConfig access,
      StateConfig state) {
    return switch (choice.kind()) {
      case KUBERNETES ->
          new ClusterAuthorizer(
              new ApiServer(client.get()),
              access.audiences().map(CommaSeparated::items).orElse(List.of()));
      case FILE -> AdminToken.in(state.directory());
    };
  }
}
