package io.podlab.token.ca;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One CA certificate, as a joining node would pin it; or a public key alone, of which less is
 * known.
 *
 * @param hash {@code sha256:} and the lower-case hexadecimal SHA-256 of the DER
 *     SubjectPublicKeyInfo: of the key, not of the certificate (kubeadm's pubkeypin.go, RFC 7469)
 * @param subject as RFC 2253 writes it; absent for a public key
 * @param keyType for example {@code EC 256} or {@code RSA 2048}
 * @param notAfter the end of its validity; absent for a public key
 * @param serial hexadecimal; absent for a public key
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CaCertificate(
    String hash,
    Optional<String> subject,
    String keyType,
    Optional<Instant> notAfter,
    Optional<String> serial) {
  static CaCertificate of(X509Certificate certificate) {
    return new CaCertificate(
        hash(certificate.getPublicKey()),
        Optional.of(certificate.getSubjectX500Principal().getName()),
        keyType(certificate.getPublicKey()),
        Optional.of(certificate.getNotAfter().toInstant()),
        Optional.of(certificate.getSerialNumber().toString(16)));
  }

  static CaCertificate of(PublicKey key) {
    return new CaCertificate(
        hash(key), Optional.empty(), keyType(key), Optional.empty(), Optional.empty());
  }

  private static String hash(PublicKey key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return "sha256:" + HexFormat.of().formatHex(sha256.digest(key.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String keyType(PublicKey key) {
    if (key instanceof RSAKey rsa) {
      return key.getAlgorithm() + " " + rsa.getModulus().bitLength();
    }
    if (key instanceof ECKey elliptic) {
      return key.getAlgorithm() + " " + elliptic.getParams().getOrder().bitLength();
    }
    return key.getAlgorithm();
  }
}
