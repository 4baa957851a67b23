package io.podlab.token.kubernetes;

import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.podlab.kit.text.Printable;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.Endpoint;
import io.podlab.token.ca.Pem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parses the ConfigMap that {@code kubeadm init} creates and the bootstrapsigner signs. */
final class PublishedClusterInfo {
  static final String NAMESPACE = "kube-public";
  static final String NAME = "cluster-info";

  private static final String SIGNATURE_PREFIX = "jws-kubeconfig-";

  private PublishedClusterInfo() {}

  /**
   * @param published null if the ConfigMap does not exist
   * @throws BackendUnavailableException if it contains no valid CA
   */
  static ClusterInfo parse(ConfigMap published) {
    if (published == null) {
      throw unusable("does not exist; create it with `kubeadm init phase bootstrap-token`");
    }
    Map<String, String> data = Objects.requireNonNullElse(published.getData(), Map.of());
    Cluster cluster = cluster(data.getOrDefault("kubeconfig", ""));
    String server = Objects.requireNonNullElse(cluster.getServer(), "");
    Optional<Endpoint> endpoint = Optional.empty();
    String problem = "";
    try {
      endpoint = Optional.of(Endpoint.ofServer(server));
    } catch (IllegalArgumentException refused) {
      problem =
          server.isEmpty()
              ? problem("has no server")
              : problem(
                  "has an unusable server \"%s\" (%s); use https://host:port"
                      .formatted(Printable.line(server), refused.getMessage()));
    }
    return new ClusterInfo(
        endpoint,
        problem,
        certificateAuthority(cluster),
        data.keySet().stream()
            .filter(key -> key.startsWith(SIGNATURE_PREFIX))
            .map(key -> key.substring(SIGNATURE_PREFIX.length()))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Cluster cluster(String kubeconfig) {
    Config config;
    try {
      config = Serialization.unmarshal(kubeconfig, Config.class);
    } catch (RuntimeException malformed) {
      throw unusable("does not contain a kubeconfig");
    }
    List<NamedCluster> clusters = config == null ? List.of() : config.getClusters();
    if (clusters.size() != 1 || clusters.get(0).getCluster() == null) {
      // Like kubeadm, do not guess which one is meant (app/discovery/token).
      throw unusable("has %d clusters; use exactly one".formatted(clusters.size()));
    }
    return clusters.get(0).getCluster();
  }

  private static String certificateAuthority(Cluster cluster) {
    String data = Objects.requireNonNullElse(cluster.getCertificateAuthorityData(), "");
    try {
      String pem =
          Pem.fromBase64(data)
              .orElseThrow(() -> new IllegalArgumentException("the value is not base64"));
      return Pem.authority(pem);
    } catch (IllegalArgumentException refused) {
      throw unusable("has invalid certificate-authority-data: " + refused.getMessage());
    }
  }

  private static BackendUnavailableException unusable(String why) {
    return new BackendUnavailableException(problem(why), null);
  }

  private static String problem(String why) {
    return "ConfigMap %s/%s %s".formatted(NAMESPACE, NAME, why);
  }
}
