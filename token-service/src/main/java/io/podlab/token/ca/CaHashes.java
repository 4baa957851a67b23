package io.podlab.token.ca;

import io.podlab.kit.http.PlainText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The certificates and public keys of a PEM text, in the order of the text. */
public record CaHashes(List<CaCertificate> certificates) implements PlainText {
  public CaHashes {
    certificates = List.copyOf(certificates);
  }

  /**
   * @param text PEM, or the base64 of PEM
   * @param now the time at which the validity is checked
   * @throws IllegalArgumentException with a message that does not repeat the text
   */
  public static CaHashes of(String text, Instant now) {
    return new CaHashes(Pem.read(text, now));
  }

  public List<String> hashes() {
    return certificates.stream().map(CaCertificate::hash).toList();
  }

  /**
   * The problems of the certificates, one line each. The text form prints them as shell comments.
   * An interactive zsh runs such a line as a command, so a warning contains no shell metacharacter
   * and no part of a certificate.
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

  /** One hash per line, then the warnings as shell comments. */
  @Override
  public String plainText() {
    return Stream.concat(
            hashes().stream(), warnings().stream().map(warning -> "# warning: " + warning))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
