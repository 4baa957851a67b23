package io.podlab.token.ca;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One CA certificate, as a joining node would pin it.
 *
 * @param hash {@code sha256:} and the lower-case hexadecimal SHA-256 of the DER
 *     SubjectPublicKeyInfo: of the key, not of the certificate (kubeadm's pubkeypin.go, RFC 7469)
 * @param subject as RFC 2253 writes it
 * @param keyType for example {@code EC 256} or {@code RSA 2048}
 * @param notAfter the end of its validity
 * @param serial hexadecimal
 */
public record CaCertificate(
    String hash, String subject, String keyType, Instant notAfter, String serial) {
  static CaCertificate of(X509Certificate certificate) {
    return new CaCertificate(
        hash(certificate.getPublicKey().getEncoded()),
        certificate.getSubjectX500Principal().getName(),
        keyType(certificate),
        certificate.getNotAfter().toInstant(),
        certificate.getSerialNumber().toString(16));
  }

  private static String hash(byte[] subjectPublicKeyInfo) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return "sha256:" + HexFormat.of().formatHex(sha256.digest(subjectPublicKeyInfo));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String keyType(X509Certificate certificate) {
    String algorithm = certificate.getPublicKey().getAlgorithm();
    if (certificate.getPublicKey() instanceof RSAKey rsa) {
      return algorithm + " " + rsa.getModulus().bitLength();
    }
    if (certificate.getPublicKey() instanceof ECKey elliptic) {
      return algorithm + " " + elliptic.getParams().getOrder().bitLength();
    }
    return algorithm;
  }
}
