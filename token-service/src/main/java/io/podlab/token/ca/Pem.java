package io.podlab.token.ca;

import java.io.IOException;
import java.io.StringReader;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads certificates and public keys; the text around them is skipped. */
final class Pem {
  /** A CA bundle holds a few; what holds more is a mistake. */
  static final int MOST = 100;

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----");

  private Pem() {}

  /**
   * In their order, at least one.
   *
   * @throws IllegalArgumentException saying what is wrong, and nothing of the content
   */
  static List<CaCertificate> read(String text) {
    if (PRIVATE_KEY.matcher(text).find()) {
      throw new IllegalArgumentException(
          "it holds a private key, which belongs to nobody but its owner; it was not kept");
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    List<CaCertificate> read = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        if (read.size() == MOST) {
          throw new IllegalArgumentException("it holds more than %d of them".formatted(MOST));
        }
        read.add(described(part));
      }
    } catch (IOException | CertificateException malformed) {
      throw damaged(read.size() + 1);
    }
    if (read.isEmpty()) {
      throw new IllegalArgumentException("it is not PEM");
    }
    return read;
  }

  private static CaCertificate described(Object part) throws IOException, CertificateException {
    if (part instanceof X509CertificateHolder certificate) {
      return CaCertificate.of(new JcaX509CertificateConverter().getCertificate(certificate));
    }
    if (part instanceof SubjectPublicKeyInfo key) {
      return CaCertificate.of(new JcaPEMKeyConverter().getPublicKey(key));
    }
    throw new IllegalArgumentException("it holds something else than certificates and public keys");
  }

  private static IllegalArgumentException damaged(int number) {
    return new IllegalArgumentException(
        "number %d of it is damaged, cut off, or of a kind that is not known".formatted(number));
  }
}
