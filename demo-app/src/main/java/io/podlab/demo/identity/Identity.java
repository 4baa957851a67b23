package io.podlab.demo.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.http.PlainText;
import java.time.Instant;
import java.util.Optional;

/**
 * The answer to "which pod is this?".
 *
 * @param pod the pod's name, or the machine's outside of Kubernetes
 * @param namespace absent outside of Kubernetes
 * @param podIP IPv4 or IPv6; absent on a machine without network
 * @param node absent unless the manifest tells it
 * @param serviceAccount absent unless the manifest tells it
 * @param version of this program
 * @param colour the mark of this version; absent unless the manifest sets it
 * @param message the mark of this version in words; absent unless the manifest sets it
 * @param startedAt when this process began
 * @param uptime the time since then, as Kubernetes' tools write it: {@code 1h0m5.25s}
 * @param requests how many times this process has been asked, this time included
 * @param generation how many times what can be reloaded has been, the start included
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Identity(
    String pod,
    Optional<String> namespace,
    Optional<String> podIP,
    Optional<String> node,
    Optional<String> serviceAccount,
    String version,
    Optional<String> colour,
    Optional<String> message,
    Instant startedAt,
    String uptime,
    long requests,
    long generation)
    implements PlainText {

  /** With another message, or none. */
  Identity saying(Optional<String> other) {
    return new Identity(
        pod,
        namespace,
        podIP,
        node,
        serviceAccount,
        version,
        colour,
        other,
        startedAt,
        uptime,
        requests,
        generation);
  }

  /** At a later moment. */
  Identity asOf(String laterUptime, long request, long laterGeneration) {
    return new Identity(
        pod,
        namespace,
        podIP,
        node,
        serviceAccount,
        version,
        colour,
        message,
        startedAt,
        laterUptime,
        request,
        laterGeneration);
  }

  /** {@code pod demo-5cc9f67f46-f8jrd, namespace default, IP 10.244.0.7, …, request 3}. */
  @Override
  public String plainText() {
    return Line.of(this).numbered(requests);
  }

  /** All of the line but the number of the request, which is what changes. */
  record Line(String before, String after) {
    static Line of(Identity identity) {
      StringBuilder before = new StringBuilder().append("pod ").append(identity.pod);
      identity.namespace.ifPresent(value -> before.append(", namespace ").append(value));
      identity.podIP.ifPresent(value -> before.append(", IP ").append(value));
      identity.node.ifPresent(value -> before.append(", node ").append(value));
      before.append(", version ").append(identity.version);
      identity.colour.ifPresent(value -> before.append(", colour ").append(value));
      return new Line(
          before.append(", request ").toString(),
          identity.message.map(value -> ": " + value).orElse("") + "\n");
    }

    String numbered(long request) {
      return before + request + after;
    }
  }
}
