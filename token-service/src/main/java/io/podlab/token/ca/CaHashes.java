package io.podlab.token.ca;

import io.podlab.kit.http.PlainText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The certificates, or public keys, of a PEM text, in its order. */
public record CaHashes(List<CaCertificate> certificates) implements PlainText {
  public CaHashes {
    certificates = List.copyOf(certificates);
  }

  /**
   * @param text PEM, or the base64 of PEM
   * @param now when the certificates are judged
   * @throws IllegalArgumentException saying what is wrong with it, and nothing of its content
   */
  public static CaHashes of(String text, Instant now) {
    return new CaHashes(Pem.read(text, now));
  }

  /** The hashes alone. */
  public List<String> hashes() {
    return certificates.stream().map(CaCertificate::hash).toList();
  }

  /**
   * What is wrong with the certificates, a line each. Text for a shell has them as comments, which
   * zsh runs: so they have no character that means anything to a shell, nor a part of a
   * certificate.
   */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < certificates.size(); i++) {
      for (String problem : certificates.get(i).problems()) {
        warnings.add("certificate %d %s".formatted(i + 1, problem));
      }
    }
    return warnings;
  }

  /** One hash a line, then the warnings as comments. */
  @Override
  public String plainText() {
    return Stream.concat(
            hashes().stream(), warnings().stream().map(warning -> "# warning: " + warning))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
