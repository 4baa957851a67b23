package io.podlab.demo.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.http.PlainText;
import java.time.Instant;
import java.util.Optional;

/**
 * The answer to "which pod is this?".
 *
 * @param pod name of the pod; outside Kubernetes, the host name
 * @param namespace absent outside Kubernetes
 * @param podIP IPv4 or IPv6; absent on a machine without a network
 * @param node absent unless the manifest sets it
 * @param serviceAccount absent unless the manifest sets it
 * @param version version of demo-app
 * @param color color that marks this version; absent unless the manifest sets it
 * @param message text that marks this version; absent unless the manifest sets it
 * @param startedAt start time of the process
 * @param uptime time since the start in Go syntax: {@code 1h0m5.25s}
 * @param requests number of identity requests to this process, including this one
 * @param generation number of times the settings were read, including the start
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Identity(
    String pod,
    Optional<String> namespace,
    Optional<String> podIP,
    Optional<String> node,
    Optional<String> serviceAccount,
    String version,
    Optional<String> color,
    Optional<String> message,
    Instant startedAt,
    String uptime,
    long requests,
    long generation)
    implements PlainText {

  /** A copy with another message, or none. */
  Identity withMessage(Optional<String> other) {
    return new Identity(
        pod,
        namespace,
        podIP,
        node,
        serviceAccount,
        version,
        color,
        other,
        startedAt,
        uptime,
        requests,
        generation);
  }

  /** A copy for a later time. */
  Identity asOf(String laterUptime, long request, long laterGeneration) {
    return new Identity(
        pod,
        namespace,
        podIP,
        node,
        serviceAccount,
        version,
        color,
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

  /** The text line, split around the request number, which changes with each request. */
  record Line(String before, String after) {
    static Line of(Identity identity) {
      StringBuilder before = new StringBuilder().append("pod ").append(identity.pod);
      identity.namespace.ifPresent(value -> before.append(", namespace ").append(value));
      identity.podIP.ifPresent(value -> before.append(", IP ").append(value));
      identity.node.ifPresent(value -> before.append(", node ").append(value));
      before.append(", version ").append(identity.version);
      identity.color.ifPresent(value -> before.append(", color ").append(value));
      return new Line(
          before.append(", request ").toString(),
          identity.message.map(value -> ": " + value).orElse("") + "\n");
    }

    String numbered(long request) {
      return before + request + after;
    }
  }
}
