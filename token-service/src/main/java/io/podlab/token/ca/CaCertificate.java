package io.podlab.token.ca;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

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
  /**
   * @throws IOException if its key is damaged, or of a kind that is not known
   */
  static CaCertificate of(X509CertificateHolder certificate) throws IOException {
    SubjectPublicKeyInfo key = certificate.getSubjectPublicKeyInfo();
    return new CaCertificate(
        hash(key),
        Optional.of(new X500Principal(certificate.getSubject().getEncoded()).getName()),
        keyType(key),
        Optional.of(certificate.getNotAfter().toInstant()),
        Optional.of(certificate.getSerialNumber().toString(16)));
  }

  /**
   * @throws IOException if it is damaged, or of a kind that is not known
   */
  static CaCertificate of(SubjectPublicKeyInfo key) throws IOException {
    return new CaCertificate(
        hash(key), Optional.empty(), keyType(key), Optional.empty(), Optional.empty());
  }

  /** Of the bytes as they are: Java would write a compressed point or a spelt-out curve anew. */
  private static String hash(SubjectPublicKeyInfo key) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return "sha256:" + HexFormat.of().formatHex(sha256.digest(key.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String keyType(SubjectPublicKeyInfo info) throws IOException {
    if (info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
      // Not by PublicKeyFactory, which takes its time to look for small factors.
      RSAPublicKey rsa = RSAPublicKey.getInstance(info.parsePublicKey());
      return "RSA " + rsa.getModulus().bitLength();
    }
    if (PublicKeyFactory.createKey(info) instanceof ECPublicKeyParameters elliptic) {
      return "EC " + elliptic.getParameters().getN().bitLength();
    }
    return new JcaPEMKeyConverter().getPublicKey(info).getAlgorithm();
  }
}
