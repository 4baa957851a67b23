package io.podlab.token.ca;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads certificates from a file. */
final class CertificateFile {
  /** Bytes; enough for dozens of certificates. */
  static final int LONGEST = 64 * 1024;

  private CertificateFile() {}

  /**
   * Returns all certificates in the order of the file, without the text around them.
   *
   * @param origin the setting or file kind, for the message
   * @throws ConfigurationException if the file is missing, unreadable or not PEM
   */
  static String read(String origin, Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // Reading a named pipe could block forever.
      throw refusal(origin, file, "is not a regular file; use a PEM file");
    }
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(LONGEST + 1);
    } catch (NoSuchFileException absent) {
      throw refusal(origin, file, "does not exist; use the path of a PEM file");
    } catch (IOException unreadable) {
      throw refusal(origin, file, "cannot be read; check its permissions");
    }
    if (content.length > LONGEST) {
      throw refusal(origin, file, "is too large; use a file of at most " + LONGEST + " bytes");
    }
    String text = new String(content, StandardCharsets.ISO_8859_1);
    try {
      return Pem.decoded(text, Pem::authority);
    } catch (IllegalArgumentException refused) {
      throw refusal(
          origin,
          file,
          "is not a CA file: " + refused.getMessage() + "; use certificates as PEM or its base64");
    }
  }

  private static ConfigurationException refusal(String origin, Path file, String why) {
    return new ConfigurationException("%s is invalid: '%s' %s".formatted(origin, file, why));
  }
}
