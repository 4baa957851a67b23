package io.podlab.token.access;

import io.podlab.kit.state.DurableFile;
import io.podlab.kit.state.FileFailure;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The authorizer without a cluster: the token in the file {@code admin-token} of the state
 * directory allows every request.
 */
public final class AdminToken implements Authorizer {
  static final String FILE = "admin-token";

  private static final Logger LOG = Logger.getLogger(AdminToken.class);

  /** 22 random characters of base64 have at least 128 bits. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{22,512}=*");

  private static final int LONGEST_FILE = 1024;

  private final Path file;
  private final KeyedHash digest;
  private final byte[] expected;

  private AdminToken(Path file, String token, SecureRandom random) {
    this.file = file;
    this.digest = new KeyedHash(random);
    this.expected = digest.of(token);
  }

  /**
   * Reads the token in this directory, or creates one.
   *
   * @throws ConfigurationException if the file does not contain a token, or cannot be written
   */
  public static AdminToken in(Path directory) {
    Path file = directory.toAbsolutePath().resolve(FILE);
    SecureRandom random = new SecureRandom();
    try {
      if (Files.exists(file)) {
        return new AdminToken(file, read(file), random);
      }
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      Files.createDirectories(file.getParent());
      DurableFile.write(file, (token + "\n").getBytes(StandardCharsets.UTF_8));
      LOG.infof("created an admin token: %s", file);
      return new AdminToken(file, token, random);
    } catch (IOException e) {
      throw new ConfigurationException(
          "cannot store the admin token in %s: %s; set LAB_TOKEN_DIR to a writable directory"
              .formatted(file.getParent(), FileFailure.reason(file.getParent(), e)));
    }
  }

  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
      throw damaged(file);
    }
    String token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    if (!FORM.matcher(token).matches()) {
      throw damaged(file);
    }
    if (!Files.getPosixFilePermissions(file).equals(PosixFilePermissions.fromString("rw-------"))) {
      LOG.warnf("other users could read %s; its mode is now 0600", file);
      Files.setPosixFilePermissions(file, Set.copyOf(PosixFilePermissions.fromString("rw-------")));
    }
    return token;
  }

  private static ConfigurationException damaged(Path file) {
    return new ConfigurationException(
        "%s does not contain an admin token (at least 22 characters of base64); delete the file to"
                .formatted(file)
            + " get a new one");
  }

  @Override
  public Decision decide(String bearer, Right right) {
    // Keyed hashes: the duration of the comparison reveals nothing about the token.
    return MessageDigest.isEqual(expected, digest.of(bearer))
        ? new Allowed("admin")
        : new Unauthenticated();
  }

  @Override
  public String hint() {
    return "the token in the file " + FILE + " of the service's state directory";
  }
}
