package io.podlab.token.ca;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates of a file, or says why that cannot be. */
final class CertificateFile {
  /** Room for dozens of certificates; what is longer is no CA file. */
  static final int LONGEST = 64 * 1024;

  private CertificateFile() {}

  /**
   * All certificates in the file, in its order; text around them is skipped.
   *
   * @param origin what the person has set, for the message
   * @throws ConfigurationException naming the origin, the file, and what is wrong with it
   */
  static List<X509Certificate> read(String origin, Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // Reading a pipe would wait for ever.
      throw refusal(origin, file, "it is no regular file");
    }
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(LONGEST + 1);
    } catch (NoSuchFileException absent) {
      throw refusal(origin, file, "there is no such file");
    } catch (IOException unreadable) {
      throw refusal(origin, file, "it cannot be read (" + unreadable.getMessage() + ")");
    }
    if (content.length > LONGEST) {
      throw refusal(origin, file, "it is longer than " + LONGEST + " bytes");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (var certificate : factory.generateCertificates(new ByteArrayInputStream(content))) {
        certificates.add((X509Certificate) certificate);
      }
    } catch (CertificateException malformed) {
      throw refusal(origin, file, "it holds no X.509 certificate in PEM form, or a damaged one");
    }
    if (certificates.isEmpty()) {
      throw refusal(origin, file, "it holds no X.509 certificate in PEM form");
    }
    if (certificates.size() > Pem.MOST) {
      throw refusal(origin, file, "it holds more than %d certificates".formatted(Pem.MOST));
    }
    return certificates;
  }

  private static ConfigurationException refusal(String origin, Path file, String why) {
    return new ConfigurationException("%s=%s makes no sense: %s".formatted(origin, file, why));
  }
}
