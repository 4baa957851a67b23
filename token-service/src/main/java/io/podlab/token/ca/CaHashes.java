package io.podlab.token.ca;

import io.podlab.token.http.PlainText;
import java.util.List;
import java.util.stream.Collectors;

/** The certificates of the CA file, in its order. */
public record CaHashes(List<CaCertificate> certificates) implements PlainText {
  public CaHashes {
    certificates = List.copyOf(certificates);
  }

  /** One hash a line. */
  @Override
  public String plainText() {
    return certificates.stream()
        .map(certificate -> certificate.hash() + "\n")
        .collect(Collectors.joining());
  }
}
