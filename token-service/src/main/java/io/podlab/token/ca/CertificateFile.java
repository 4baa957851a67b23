package io.podlab.token.ca;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the certificates of a file, or says why that is not possible. */
final class CertificateFile {
  /** Room for dozens of certificates. */
  static final int LONGEST = 64 * 1024;

  private CertificateFile() {}

  /**
   * All certificates in the file, in its order; text around them is skipped.
   *
   * @param origin what the person has set, for the message
   * @throws ConfigurationException naming the origin, the file, and what is wrong with it
   */
  static String read(String origin, Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // Reading a pipe would wait for ever.
      throw refusal(origin, file, "it is not a regular file");
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
    String text = new String(content, StandardCharsets.ISO_8859_1);
    try {
      return Pem.decoded(text, Pem::authority);
    } catch (IllegalArgumentException refused) {
      throw refusal(
          origin, file, refused.getMessage() + "; expected certificates as PEM, or its base64");
    }
  }

  private static ConfigurationException refusal(String origin, Path file, String why) {
    return new ConfigurationException("%s=%s is invalid: %s".formatted(origin, file, why));
  }
}
