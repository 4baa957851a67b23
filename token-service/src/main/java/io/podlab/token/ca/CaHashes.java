package io.podlab.token.ca;

import io.podlab.kit.http.PlainText;
import java.util.List;
import java.util.stream.Collectors;

/** The certificates, or public keys, of a PEM text, in its order. */
public record CaHashes(List<CaCertificate> certificates) implements PlainText {
  public CaHashes {
    certificates = List.copyOf(certificates);
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with it, and nothing of its content
   */
  public static CaHashes of(String pem) {
    return new CaHashes(Pem.read(pem));
  }

  /**
   * Of what a cluster publishes as its CA: certificates, and no bare keys.
   *
   * @throws IllegalArgumentException saying what is wrong with it, and nothing of its content
   */
  public static CaHashes ofAuthority(String pem) {
    CaHashes hashes = of(pem);
    if (hashes.certificates().stream().anyMatch(each -> each.notAfter().isEmpty())) {
      throw new IllegalArgumentException("it holds a public key without a certificate");
    }
    return hashes;
  }

  /** The hashes alone. */
  public List<String> hashes() {
    return certificates.stream().map(CaCertificate::hash).toList();
  }

  /** One hash a line. */
  @Override
  public String plainText() {
    return hashes().stream().map(hash -> hash + "\n").collect(Collectors.joining());
  }
}
