package io.podlab.kit.tls;

import io.podlab.kit.state.FileFailure;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.pkcs1.PrivateKeyParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The certificate and the key in two files, such as those of a Secret of type {@code
 * kubernetes.io/tls}. A TLS handshake reads the files again if the last time is long enough ago, so
 * that a renewed certificate needs no restart. While the files are not valid, the last valid ones
 * stay in use.
 */
final class CertificateFiles implements Supplier<Identity> {
  private static final Logger LOG = Logger.getLogger(CertificateFiles.class);
  private static final int LARGEST = 1024 * 1024;
  private static final String PEM = "-----BEGIN ";
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN (EC |RSA |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");

  private final Path certificate;
  private final Path key;
  private final long period;
  private final AtomicLong due;
  private volatile Content content;
  private volatile Identity identity;

  /** The last one logged since the files were valid; null if there is none. */
  private volatile String warning;

  private record Content(Buffer certificate, Buffer key) {}

  /**
   * @param period the shortest time between two reads
   * @throws ConfigurationException if a file is not valid; the message says why
   */
  CertificateFiles(Path certificate, Path key, Duration period) {
    this.certificate = certificate;
    this.key = key;
    this.period = period.toNanos();
    this.due = new AtomicLong(System.nanoTime() + this.period);
    this.content = read();
    this.identity = parse(content);
  }

  @Override
  public Identity get() {
    long now = System.nanoTime();
    long next = due.get();
    if (now - next >= 0 && due.compareAndSet(next, now + period)) {
      readAgain();
    }
    return identity;
  }

  private void readAgain() {
    try {
      Content latest = read();
      if (!latest.equals(content)) {
        identity = parse(latest);
        content = latest;
        LOG.infof(
            "the certificate in %s has changed; the new one is valid until %s",
            certificate, identity.certificate().getNotAfter().toInstant());
      }
      warning = null;
    } catch (ConfigurationException invalid) {
      if (!invalid.getMessage().equals(warning)) {
        warning = invalid.getMessage();
        LOG.warnf(
            "cannot use the changed files: %s; the previous certificate stays in use", warning);
      }
    }
  }

  private Content read() {
    return new Content(
        read(certificate, "LAB_TLS_CERTIFICATE", "a PEM certificate"),
        read(key, "LAB_TLS_KEY", "a PEM private key"));
  }

  private static Buffer read(Path file, String variable, String wanted) {
    String use = "use the path of " + wanted;
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw refused(variable, file, "is not a file; " + use);
      }
      if (Files.size(file) > LARGEST) {
        throw refused(variable, file, "is too large; " + use);
      }
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (NoSuchFileException missing) {
      throw refused(variable, file, "does not exist; " + use);
    } catch (AccessDeniedException denied) {
      throw refused(variable, file, "cannot be read; check its permissions");
    } catch (IOException other) {
      throw refused(
          variable,
          file,
          "cannot be read: " + FileFailure.reason(file.toAbsolutePath().getParent(), other));
    }
  }

  private Identity parse(Content files) {
    List<X509Certificate> chain = chain(files.certificate());
    Identity parsed = new Identity(key(files.key()), chain);
    if (!parsed.matches()) {
      throw refused(
          "LAB_TLS_KEY",
          key,
          "is not the key of the certificate in %s; use the key of this certificate"
              .formatted(certificate));
    }
    return parsed;
  }

  private List<X509Certificate> chain(Buffer pem) {
    String text = pem.toString(StandardCharsets.ISO_8859_1);
    try {
      Collection<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes()))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!chain.isEmpty() && text.contains(PEM)) {
        return List.copyOf(chain);
      }
    } catch (CertificateException invalid) {
      LOG.debug("not a certificate", invalid);
    }
    throw refused(
        "LAB_TLS_CERTIFICATE",
        certificate,
        KEY.matcher(text).find() && !text.contains("CERTIFICATE-----")
            ? "is not a PEM certificate; it contains a private key: are the two files swapped?"
            : "is not a PEM certificate; use a file with PEM certificates only");
  }

  private PrivateKey key(Buffer pem) {
    String text = pem.toString(StandardCharsets.ISO_8859_1);
    Matcher found = KEY.matcher(text);
    try {
      if (found.find()) {
        return key(found.group(1), Base64.getMimeDecoder().decode(found.group(2)));
      }
    } catch (GeneralSecurityException | RuntimeException invalid) {
      LOG.debug("not a key", invalid);
    }
    if (text.contains(PEM) && text.contains("ENCRYPTED")) {
      // Some versions of openssl empty the file that they read, if they write to the same one.
      throw refused(
          "LAB_TLS_KEY",
          key,
          "is encrypted; decrypt it with openssl pkey -in %s -out decrypted.key".formatted(key));
    }
    throw refused(
        "LAB_TLS_KEY",
        key,
        "is not a PEM private key; use an unencrypted key in PKCS#8, PKCS#1 or EC form");
  }

  private static PrivateKey key(String form, byte[] der) throws GeneralSecurityException {
    return switch (form) {
      case "EC " ->
          KeyFactory.getInstance("EC").generatePrivate(PrivateKeyParser.getECKeySpec(der));
      case "RSA " ->
          KeyFactory.getInstance("RSA").generatePrivate(PrivateKeyParser.getRSAKeySpec(der));
      default -> pkcs8(der);
    };
  }

  /** The encoded key names its algorithm, but the JDK has no method that reads it. */
  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException another) {
        LOG.debugf("not a key for %s", algorithm);
      }
    }
    return KeyFactory.getInstance("EdDSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static ConfigurationException refused(String variable, Path file, String why) {
    return new ConfigurationException("%s is invalid: '%s' %s".formatted(variable, file, why));
  }
}
