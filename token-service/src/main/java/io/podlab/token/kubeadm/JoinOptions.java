package io.podlab.token.kubeadm;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options of a join command.
 *
 * @param controlPlane whether the command joins a control plane node
 * @param certificateKey decrypts the certificates of {@code kubeadm init --upload-certs}; a secret
 */
record JoinOptions(boolean controlPlane, Optional<String> certificateKey) {
  static final JoinOptions WORKER = new JoinOptions(false, Optional.empty());

  /** AES-256. */
  private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}");

  /**
   * As with kubeadm, a certificate key implies the control plane. A control plane node needs no key
   * if you copy the certificates by hand.
   *
   * @throws ProblemException (400) naming the invalid parameter
   */
  static JoinOptions parse(String controlPlane, String certificateKey) {
    if (controlPlane != null && !List.of("true", "false").contains(controlPlane)) {
      throw bad("controlPlane", "the value is not a boolean", "true or false");
    }
    if (certificateKey != null && !KEY.matcher(certificateKey).matches()) {
      throw bad(
          "certificateKey",
          "the value is not a certificate key",
          "64 hexadecimal digits, for example from `kubeadm certs certificate-key`");
    }
    if ("false".equals(controlPlane) && certificateKey != null) {
      throw bad(
          "controlPlane",
          "false conflicts with certificateKey",
          "controlPlane=true, or no certificateKey");
    }
    return new JoinOptions(
        certificateKey != null || "true".equals(controlPlane), Optional.ofNullable(certificateKey));
  }

  private static ProblemException bad(String field, String detail, String accepted) {
    return new ProblemException(Problem.badField(field, detail, accepted));
  }

  /** The command for a new machine. Its words are safe to paste into a shell. */
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
