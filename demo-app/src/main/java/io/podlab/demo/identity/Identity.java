package io.podlab.demo.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.demo.http.PlainText;
import java.util.Optional;

/**
 * The answer to "which pod is this?".
 *
 * @param pod the pod's name, or the machine's outside of Kubernetes
 * @param namespace absent outside of Kubernetes
 * @param podIP IPv4 or IPv6; absent on a machine without network
 * @param node absent unless the manifest tells it
 * @param version of this program
 * @param requests how many times this process has been asked, this time included
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Identity(
    String pod,
    Optional<String> namespace,
    Optional<String> podIP,
    Optional<String> node,
    String version,
    long requests)
    implements PlainText {

  /** {@code pod demo-5cc9f67f46-f8jrd, namespace default, IP 10.244.0.7, …, request 3}. */
  @Override
  public String plainText() {
    StringBuilder line = new StringBuilder().append("pod ").append(pod);
    namespace.ifPresent(value -> line.append(", namespace ").append(value));
    podIP.ifPresent(value -> line.append(", IP ").append(value));
    node.ifPresent(value -> line.append(", node ").append(value));
    return line.append(", version ")
        .append(version)
        .append(", request ")
        .append(requests)
        .append('\n')
        .toString();
  }

  Identity withRequests(long number) {
    return new Identity(pod, namespace, podIP, node, version, number);
  }
}
