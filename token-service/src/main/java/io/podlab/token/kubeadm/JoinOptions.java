package io.podlab.token.kubeadm;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a join command says beside the token.
 *
 * @param controlPlane for a node of the control plane
 * @param certificateKey under which {@code kubeadm init --upload-certs} keeps the certificates; a
 *     secret
 */
record JoinOptions(boolean controlPlane, Optional<String> certificateKey) {
  static final JoinOptions WORKER = new JoinOptions(false, Optional.empty());

  /** AES-256. */
  private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}");

  /**
   * As with kubeadm, a certificate key alone means the control plane, and the control plane needs
   * no key where the certificates are copied by hand.
   *
   * @throws ProblemException (400) naming the parameter that is wrong
   */
  static JoinOptions parse(String controlPlane, String certificateKey) {
    if (controlPlane != null && !List.of("true", "false").contains(controlPlane)) {
      throw bad("controlPlane", "it is not a boolean", "true or false");
    }
    if (certificateKey != null && !KEY.matcher(certificateKey).matches()) {
      throw bad(
          "certificateKey",
          "it is not a certificate key",
          "64 hexadecimal digits, as `kubeadm certs certificate-key` makes them");
    }
    if ("false".equals(controlPlane) && certificateKey != null) {
      throw bad("controlPlane", "it is false, and there is a certificateKey", "true, or no key");
    }
    return new JoinOptions(
        certificateKey != null || "true".equals(controlPlane), Optional.ofNullable(certificateKey));
  }

  private static ProblemException bad(String field, String detail, String accepted) {
    return new ProblemException(Problem.badField(field, detail, accepted));
  }

  /** The command that a new machine runs, for a shell: no word of it means anything to one. */
  String command(Endpoint endpoint, String token, List<String> caHashes) {
    StringBuilder command =
        new StringBuilder("kubeadm join ")
            .append(endpoint.quoted())
            .append(" --token ")
            .append(token);
    caHashes.forEach(hash -> command.append(" --discovery-token-ca-cert-hash ").append(hash));
    if (controlPlane) {
      command.append(" --control-plane");
    }
    certificateKey.ifPresent(key -> command.append(" --certificate-key ").append(key));
    return command.toString();
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "JoinOptions[controlPlane=" + controlPlane + "]";
  }
}
