package io.podlab.lab.lesson;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.Failure;
import io.podlab.lab.cluster.Kubectl;
import io.podlab.lab.process.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Recognizes a cluster, also after its context was renamed. This is the UID of the namespace
 * kube-system, which no other cluster has. An account that may not read it gets a hash of the
 * server's address and CA instead.
 */
record ClusterIdentity(Kubectl kubectl, Shell shell) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KUBE_SYSTEM = "/api/v1/namespaces/kube-system";

  /**
   * @param limit for the answer of the cluster
   * @return empty without kubectl, or if no cluster answers in time
   */
  Optional<String> read(Duration limit) throws InterruptedException {
    try {
      if (!kubectl.hasContext()) {
        return Optional.empty();
      }
      // A credential plugin may take longer than the request, so both have a limit.
      Command.Result answer = shell.ask(kubectl.request(KUBE_SYSTEM, limit), limit);
      if (answer.succeeded()) {
        String uid = JSON.readTree(answer.out()).at("/metadata/uid").asText();
        return Optional.of(uid).filter(text -> !text.isBlank());
      }
      return answer.err().contains("(Forbidden)")
          ? Optional.of("server-" + hash(kubectl.server()))
          : Optional.empty();
    } catch (Failure | IOException noAnswer) {
      return Optional.empty();
    }
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
