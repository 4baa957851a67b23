package io.podlab.token.kubernetes;

import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.ca.CaHashes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ConfigMap that {@code kubeadm init} publishes, and the bootstrapsigner signs. */
final class PublishedClusterInfo {
  static final String NAMESPACE = "kube-public";
  static final String NAME = "cluster-info";

  private static final String SIGNATURE_PREFIX = "jws-kubeconfig-";

  private PublishedClusterInfo() {}

  /**
   * @param published null if there is none
   * @throws BackendUnavailableException if no machine could join by it
   */
  static ClusterInfo parse(ConfigMap published) {
    if (published == null) {
      throw unusable("is not there; kubeadm makes it (`kubeadm init phase bootstrap-token`)");
    }
    Map<String, String> data = Objects.requireNonNullElse(published.getData(), Map.of());
    Cluster cluster = cluster(data.getOrDefault("kubeconfig", ""));
    return new ClusterInfo(
        Optional.ofNullable(cluster.getServer())
            .map(server -> server.replace("https://", ""))
            .filter(endpoint -> !endpoint.isEmpty()),
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
      throw unusable("holds no kubeconfig");
    }
    return Optional.ofNullable(config)
        .flatMap(found -> found.getClusters().stream().findFirst())
        .map(NamedCluster::getCluster)
        .orElseThrow(() -> unusable("names no cluster"));
  }

  private static String certificateAuthority(Cluster cluster) {
    String pem;
    try {
      pem =
          new String(
              Base64.getMimeDecoder()
                  .decode(Objects.requireNonNullElse(cluster.getCertificateAuthorityData(), "")),
              StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw unusable("holds certificate-authority-data that is not base64");
    }
    try {
      CaHashes.ofAuthority(pem);
    } catch (IllegalArgumentException refused) {
      throw unusable("holds certificate-authority-data that is of no use: " + refused.getMessage());
    }
    return pem;
  }

  private static BackendUnavailableException unusable(String why) {
    return new BackendUnavailableException(
        "ConfigMap %s/%s %s".formatted(NAMESPACE, NAME, why), null);
  }
}
