package io.podlab.token.ca;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * A CA certificate, or a bare public key.
 *
 * @param hash {@code sha256:} and the lower-case hexadecimal SHA-256 of the DER
 *     SubjectPublicKeyInfo: of the key, not of the certificate (kubeadm's pubkeypin.go, RFC 7469)
 * @param subject in the form of RFC 2253; absent for a public key
 * @param keyType for example {@code EC 256} or {@code RSA 2048}
 * @param notBefore start of the validity; absent for a public key
 * @param notAfter end of the validity; absent for a public key
 * @param serial hexadecimal; absent for a public key
 * @param problems why kubeadm does not trust this CA now, such as {@code is not a CA certificate};
 *     absent if there are none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CaCertificate(
    String hash,
    Optional<String> subject,
    String keyType,
    Optional<Instant> notBefore,
    Optional<Instant> notAfter,
    Optional<String> serial,
    List<String> problems) {
  private static final Set<ASN1Encodable> CURVES =
      Set.of(
          SECObjectIdentifiers.secp224r1,
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  /** The first byte of an uncompressed point (SEC 1, 2.3.3). */
  private static final byte UNCOMPRESSED = 4;

  public CaCertificate {
    problems = List.copyOf(problems);
  }

  /**
   * @param now the time at which the validity is checked
   * @throws IOException if the public key is damaged or of an unknown type
   */
  static CaCertificate of(X509CertificateHolder certificate, Instant now) throws IOException {
    SubjectPublicKeyInfo key = certificate.getSubjectPublicKeyInfo();
    return new CaCertificate(
        hash(key),
        Optional.of(new X500Principal(certificate.getSubject().getEncoded()).getName()),
        keyType(key),
        Optional.of(certificate.getNotBefore().toInstant()),
        Optional.of(certificate.getNotAfter().toInstant()),
        Optional.of(certificate.getSerialNumber().toString(16)),
        problems(certificate, now));
  }

  /**
   * @throws IOException if the public key is damaged or of an unknown type
   */
  static CaCertificate of(SubjectPublicKeyInfo key) throws IOException {
    return new CaCertificate(
        hash(key),
        Optional.empty(),
        keyType(key),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static List<String> problems(X509CertificateHolder certificate, Instant now) {
    List<String> problems = new ArrayList<>();
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    if (now.isBefore(begin)) {
      problems.add("is not valid before " + begin);
    }
    if (now.isAfter(end)) {
      problems.add("expired on " + end);
    }
    if (!isAuthority(certificate)) {
      problems.add("is not a CA certificate");
    }
    if (!isReadByGo(certificate.getSubjectPublicKeyInfo())) {
      problems.add("has a key that kubeadm cannot read");
    }
    return problems;
  }

  /** The rule of Go (crypto/x509, CheckSignatureFrom). */
  private static boolean isAuthority(X509CertificateHolder certificate) {
    Extensions extensions = certificate.getExtensions();
    if (extensions == null) {
      return certificate.getVersionNumber() < 3;
    }
    BasicConstraints constraints = BasicConstraints.fromExtensions(extensions);
    KeyUsage usage = KeyUsage.fromExtensions(extensions);
    return constraints != null
        && constraints.isCA()
        && (usage == null || usage.hasUsages(KeyUsage.keyCertSign));
  }

  /** The rule of Go (crypto/x509, parsePublicKey): uncompressed points and named curves only. */
  private static boolean isReadByGo(SubjectPublicKeyInfo key) {
    ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
    return algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
        || algorithm.equals(EdECObjectIdentifiers.id_Ed25519)
        || algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
            && CURVES.contains(key.getAlgorithm().getParameters())
            && key.getPublicKeyData().getOctets()[0] == UNCOMPRESSED;
  }

  /** Hashes the original bytes: Java would re-encode a compressed point or an explicit curve. */
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
      // PublicKeyFactory is slow here: it searches the modulus for small factors.
      RSAPublicKey rsa = RSAPublicKey.getInstance(info.parsePublicKey());
      return "RSA " + rsa.getModulus().bitLength();
    }
    if (PublicKeyFactory.createKey(info) instanceof ECPublicKeyParameters elliptic) {
      return "EC " + elliptic.getParameters().getN().bitLength();
    }
    return new JcaPEMKeyConverter().getPublicKey(info).getAlgorithm();
  }
}
