package io.podlab.token.kubernetes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.TokenBackend;
import io.podlab.token.bootstrap.TokenExistsException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Stores tokens as Secrets in kube-system, one per token. kubeadm and the controller manager use
 * the same Secrets.
 */
public final class KubernetesTokens implements TokenBackend {
  static final String NAMESPACE = "kube-system";

  private static final Logger LOG = Logger.getLogger(KubernetesTokens.class);

  /** Attempts to change a Secret that others keep changing. */
  private static final int MOST_CONFLICTS = 5;

  private static final int MOST_WARNED_OF = 1_000;
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ApiServer api;

  /** Malformed Secrets that are logged already, one entry per version. */
  private final Cache<String, Boolean> warnedOf =
      Caffeine.newBuilder().maximumSize(MOST_WARNED_OF).build();

  private final Availability availability;
  private final LongSupplier nanos;
  private volatile Published published;

  /** Cached cluster-info, and the time of the request in nanoseconds. */
  private record Published(ClusterInfo info, long since) {}

  public KubernetesTokens(ApiServer api) {
    this(api, System::nanoTime);
  }

  KubernetesTokens(ApiServer api, LongSupplier nanos) {
    this.api = api;
    this.availability = new Availability(api, nanos);
    this.nanos = nanos;
  }

  @Override
  public String name() {
    return "kubernetes";
  }

  /** One request. Sorting by ID gives the order of Secret names, which kubeadm uses. */
  @Override
  public List<BootstrapToken> list() {
    return api
        .ask(client -> secrets(client).withField("type", TokenSecret.TYPE).list())
        .getItems()
        .stream()
        .map(this::parsed)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(BootstrapToken::id))
        .toList();
  }

  private Optional<BootstrapToken> parsed(Secret secret) {
    try {
      return Optional.of(TokenSecret.parse(secret));
    } catch (IllegalArgumentException malformed) {
      ObjectMeta meta = secret.getMetadata();
      String version = meta.getUid() + "/" + meta.getResourceVersion();
      if (warnedOf.asMap().putIfAbsent(version, true) == null) {
        LOG.warnf(
            "skipping Secret %s/%s, which is not a bootstrap token: %s",
            NAMESPACE, meta.getName(), malformed.getMessage());
      }
      return Optional.empty();
    }
  }

  @Override
  public Optional<BootstrapToken> find(String id) {
    return secret(id).flatMap(this::parsed);
  }

  private Optional<Secret> secret(String id) {
    return Optional.ofNullable(
            api.ask(client -> secrets(client).withName(TokenSecret.name(id)).get()))
        .filter(secret -> Objects.equals(secret.getType(), TokenSecret.TYPE));
  }

  /** A plain create never overwrites a token. kubeadm looks first, and can overwrite in a race. */
  @Override
  public void create(BootstrapToken token) {
    try {
      api.ask(
          client -> secrets(client).resource(TokenSecret.of(token)).create(),
          HttpURLConnection.HTTP_CONFLICT);
    } catch (KubernetesClientException conflict) {
      throw new TokenExistsException(token.id());
    }
  }

  @Override
  public boolean delete(BootstrapToken token) {
    return changeChecked(token, this::deleteVersion);
  }

  @Override
  public boolean deleteUnchanged(BootstrapToken token) {
    return changeChecked(
        token,
        secret ->
            parsed(secret).map(BootstrapToken::expires).equals(Optional.of(token.expires()))
                && deleteVersion(secret));
  }

  private boolean deleteVersion(Secret secret) {
    return !api.ask(
            client ->
                secrets(client)
                    .withName(secret.getMetadata().getName())
                    .lockResourceVersion(version(secret))
                    .delete(),
            HttpURLConnection.HTTP_CONFLICT)
        .isEmpty();
  }

  /** Patches only the expiry: others may have added labels or keys to the Secret. */
  @Override
  public boolean setExpiry(BootstrapToken token, Optional<Instant> expires) {
    return changeChecked(
        token,
        secret -> {
          api.ask(
              client ->
                  secrets(client)
                      .resource(secret)
                      .patch(
                          PatchContext.of(PatchType.JSON_MERGE),
                          TokenSecret.expiryPatch(expires, version(secret))),
              HttpURLConnection.HTTP_CONFLICT,
              HttpURLConnection.HTTP_NOT_FOUND);
          return true;
        });
  }

  /**
   * Changes exactly the Secret that was checked: its resource version is a precondition, so a
   * replacement with the same name stays.
   *
   * @param change throws if the Secret has another version now, or is gone
   */
  private boolean changeChecked(BootstrapToken token, Predicate<Secret> change) {
    for (int i = 0; i < MOST_CONFLICTS; i++) {
      Optional<Secret> found = secret(token.id());
      if (found.isEmpty() || !TokenSecret.hasSecretOf(found.get(), token)) {
        return false;
      }
      try {
        return change.test(found.get());
      } catch (KubernetesClientException changedMeanwhile) {
        // Maybe only the labels changed: check again.
      }
    }
    throw new BackendUnavailableException(
        "Secret %s/%s changes too often; try again later"
            .formatted(NAMESPACE, TokenSecret.name(token.id())),
        null);
  }

  private static String version(Secret secret) {
    return secret.getMetadata().getResourceVersion();
  }

  /** The CA is public, so a one-second cache protects the API server. */
  @Override
  public ClusterInfo clusterInfo() {
    Published last = published;
    long now = nanos.getAsLong();
    if (last != null && now - last.since() < FRESH_NANOS) {
      return last.info();
    }
    ConfigMap found =
        api.ask(
            client ->
                client
                    .configMaps()
                    .inNamespace(PublishedClusterInfo.NAMESPACE)
                    .withName(PublishedClusterInfo.NAME)
                    .get());
    ClusterInfo info = PublishedClusterInfo.parse(found);
    published = new Published(info, now);
    return info;
  }

  @Override
  public Optional<String> problem() {
    return availability.problem();
  }

  private static NonNamespaceOperation<Secret, SecretList, Resource<Secret>> secrets(
      KubernetesClient client) {
    MixedOperation<Secret, SecretList, Resource<Secret>> all = client.secrets();
    return all.inNamespace(NAMESPACE);
  }
}
