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

/** The ConfigMap that {@code kubeadm init} publishes, and the bootstrapsigner signs. */
final class PublishedClusterInfo {
  static final String NAMESPACE = "kube-public";
  static final String NAME = "cluster-info";

  private static final String SIGNATURE_PREFIX = "jws-kubeconfig-";

  private PublishedClusterInfo() {}

  /**
   * @param published null if there is none
   * @throws BackendUnavailableException if it does not tell the CA
   */
  static ClusterInfo parse(ConfigMap published) {
    if (published == null) {
      throw unusable("is not there; kubeadm makes it (`kubeadm init phase bootstrap-token`)");
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
              ? problem("names no server")
              : problem(
                  "names the server \"%s\", which no machine can join: %s; expected https://host:port"
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
      throw unusable("holds no kubeconfig");
    }
    List<NamedCluster> clusters = config == null ? List.of() : config.getClusters();
    if (clusters.size() != 1 || clusters.get(0).getCluster() == null) {
      // Nor does kubeadm guess which (app/discovery/token).
      throw unusable("names %d clusters; expected one".formatted(clusters.size()));
    }
    return clusters.get(0).getCluster();
  }

  private static String certificateAuthority(Cluster cluster) {
    String data = Objects.requireNonNullElse(cluster.getCertificateAuthorityData(), "");
    try {
      String pem =
          Pem.fromBase64(data).orElseThrow(() -> new IllegalArgumentException("it is not base64"));
      return Pem.authority(pem);
    } catch (IllegalArgumentException refused) {
      throw unusable("holds certificate-authority-data that is invalid: " + refused.getMessage());
    }
  }

  private static BackendUnavailableException unusable(String why) {
    return new BackendUnavailableException(problem(why), null);
  }

  private static String problem(String why) {
    return "ConfigMap %s/%s %s".formatted(NAMESPACE, NAME, why);
  }
}
