package io.podlab.token.ca;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;

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
          "it holds a private key, which only its owner should have; it was not stored");
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    List<CaCertificate> read = new ArrayList<>();
    PEMParser parser = new PEMParser(new StringReader(text));
    for (Object part = next(parser, 1); part != null; part = next(parser, read.size() + 1)) {
      if (read.size() == MOST) {
        throw new IllegalArgumentException("it holds more than %d of them".formatted(MOST));
      }
      read.add(described(part, read.size() + 1));
    }
    if (read.isEmpty()) {
      throw new IllegalArgumentException("it is not PEM");
    }
    return read;
  }

  /** The parser throws what it likes; its texts may quote the content. */
  private static Object next(PEMParser parser, int number) {
    try {
      return parser.readObject();
    } catch (IOException | RuntimeException malformed) {
      throw damaged(number);
    }
  }

  private static CaCertificate described(Object part, int number) {
    try {
      if (part instanceof X509CertificateHolder certificate) {
        return CaCertificate.of(certificate);
      }
      if (part instanceof SubjectPublicKeyInfo key) {
        return CaCertificate.of(key);
      }
    } catch (IOException | RuntimeException malformed) {
      throw damaged(number);
    }
    throw new IllegalArgumentException("it holds something else than certificates and public keys");
  }

  private static IllegalArgumentException damaged(int number) {
    return new IllegalArgumentException(
        "number %d of it is damaged, cut off, or of a kind that is not known".formatted(number));
  }
}
