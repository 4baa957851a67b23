package io.podlab.token.access;

import io.podlab.kit.state.DurableFile;
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
 * Without a cluster, whoever can read the file {@code admin-token} in the state directory may do
 * everything.
 */
public final class AdminToken implements Authority {
  static final String FILE = "admin-token";

  private static final Logger LOG = Logger.getLogger(AdminToken.class);

  /** 22 of these characters are 128 bits, if they are random. */
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
   * The token in this directory; made if there is none.
   *
   * @throws ConfigurationException naming the file, if it holds something else or cannot be kept
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
      LOG.infof("made an admin token: %s", file);
      return new AdminToken(file, token, random);
    } catch (IOException e) {
      throw new ConfigurationException(
          "no admin token can be kept in %s (%s); LAB_TOKEN_DIR names another directory"
              .formatted(file.getParent(), e));
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
      LOG.warnf("%s could be read by others; it cannot any more", file);
      Files.setPosixFilePermissions(file, Set.copyOf(PosixFilePermissions.fromString("rw-------")));
    }
    return token;
  }

  private static ConfigurationException damaged(Path file) {
    return new ConfigurationException(
        "%s does not hold an admin token (22 or more of the characters of base64); delete it for a"
                .formatted(file)
            + " new one");
  }

  @Override
  public Decision decide(String bearer, Right right) {
    // With hashes by a secret key, not even the time of the comparison tells anything.
    return MessageDigest.isEqual(expected, digest.of(bearer))
        ? new Allowed("admin")
        : new Unauthenticated();
  }

  @Override
  public String hint() {
    return "the token in the file " + FILE + " of the service's state directory";
  }
}
