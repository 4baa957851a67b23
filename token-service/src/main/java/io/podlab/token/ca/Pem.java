package io.podlab.token.ca;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Reads certificates and public keys. Go, and so kubeadm, and OpenSSL each skip blocks that they do
 * not like, and not the same ones; a hash that is missing pins a node to the wrong CA. So here a
 * block is what both take for one, and whatever else looks like one is refused. Whether kubeadm can
 * use the key of a certificate is told by {@link CaCertificate#problems}. A text is one character a
 * byte (ISO 8859-1).
 */
public final class Pem {
  /** A CA bundle holds a few; what holds more is a mistake. */
  static final int MOST = 100;

  private static final String CERTIFICATE = "CERTIFICATE";

  private static final Pattern PRIVATE_KEY = Pattern.compile("BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY");
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9][A-Z0-9 ]*)-----");

  /** A line of a block, or one that is meant to be: its dashes may be of Unicode. */
  private static final Pattern MARKER =
      Pattern.compile(
          "-----|(?mdi:^[-\\h\\u0080-\\u00ff]*+(?:BEGIN|END)\\b.{0,20}(?:CERTIFICATE|PUBLIC KEY))");

  /** Tried once a run, not once a blank. */
  private static final Pattern BLANKS = Pattern.compile("(?<![ \\t])[ \\t]++$");

  private static final Pattern BODY = Pattern.compile("[A-Za-z0-9+/=]+");
  private static final Pattern BYTE_ORDER_MARK = Pattern.compile("^(?:\u00ef\u00bb\u00bf|\ufeff)");
  private static final Pattern KUBECONFIG_KEY = Pattern.compile("^certificate-authority-data:\\s");

  private Pem() {}

  /** The bytes between two marker lines. */
  private record Block(int line, String type, byte[] content) {
    CaCertificate described(Instant now) {
      try {
        switch (type) {
          case CERTIFICATE:
            X509CertificateHolder certificate = new X509CertificateHolder(content);
            refuseUnlessDer(certificate.toASN1Structure());
            return CaCertificate.of(certificate, now);
          case "PUBLIC KEY":
            SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(content);
            refuseUnlessDer(key);
            return CaCertificate.of(key);
          case "RSA PUBLIC KEY":
            RSAPublicKey rsa = RSAPublicKey.getInstance(content);
            refuseUnlessDer(rsa);
            return CaCertificate.of(
                new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    rsa));
          default:
        }
      } catch (IOException | RuntimeException malformed) {
        // The parser's texts may quote the content.
        throw refused("is damaged, or of a kind that is not known");
      }
      throw refused("is not a CERTIFICATE or PUBLIC KEY");
    }

    /** BouncyCastle and OpenSSL read more than DER; Go does not. */
    private void refuseUnlessDer(ASN1Object object) throws IOException {
      if (!Arrays.equals(object.getEncoded(ASN1Encoding.DER), content)) {
        throw new IOException("not DER");
      }
    }

    IllegalArgumentException refused(String why) {
      return new IllegalArgumentException(
          "the block that begins on line %d %s".formatted(line, why));
    }

    String text() {
      return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
          .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
    }
  }

  /**
   * The certificates and public keys in their order, at least one.
   *
   * @param text PEM, or the base64 of PEM
   * @param now when they are judged
   * @throws IllegalArgumentException saying what is wrong on which line, and nothing of the content
   */
  static List<CaCertificate> read(String text, Instant now) {
    return decoded(text, pem -> blocks(pem).stream().map(block -> block.described(now)).toList());
  }

  /**
   * The certificates as every program reads them; the text around them is left out.
   *
   * @throws IllegalArgumentException as {@link #read}, and if it holds a public key on its own
   */
  public static String authority(String pem) {
    List<Block> blocks = blocks(pem);
    blocks.forEach(block -> block.described(Instant.EPOCH));
    for (Block block : blocks) {
      if (!block.type().equals(CERTIFICATE)) {
        throw block.refused("is a public key without a certificate");
      }
    }
    return blocks.stream().map(Block::text).collect(Collectors.joining());
  }

  /** As Go reads base64: with padding, and line ends anywhere; empty if it is not. */
  public static Optional<String> fromBase64(String text) {
    String joined = text.replaceAll("[\r\n]", "");
    try {
      return joined.length() % 4 == 0
          ? Optional.of(new String(Base64.getDecoder().decode(joined), StandardCharsets.ISO_8859_1))
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** Reads PEM, or what is inside if the text is the base64 of PEM, as in a kubeconfig. */
  static <T> T decoded(String text, Function<String, T> reader) {
    String data = KUBECONFIG_KEY.matcher(withoutByteOrderMark(text).strip()).replaceFirst("");
    Optional<String> decoded =
        fromBase64(data.strip()).filter(inside -> MARKER.matcher(inside).find());
    if (decoded.isEmpty()) {
      return reader.apply(text);
    }
    try {
      return reader.apply(decoded.get());
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException("it is base64; decoded, " + refused.getMessage());
    }
  }

  private static String withoutByteOrderMark(String text) {
    return BYTE_ORDER_MARK.matcher(text).replaceFirst("");
  }

  private static List<Block> blocks(String given) {
    String text = withoutByteOrderMark(given);
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    if (PRIVATE_KEY.matcher(text).find()) {
      throw new IllegalArgumentException(
          "it holds a private key, which only its owner should have; it was not stored");
    }
    List<Block> blocks = new ArrayList<>();
    String[] lines = text.split("\r?\n");
    for (int number = 0; number < lines.length; number++) {
      Matcher begin = BEGIN.matcher(line(lines, number));
      if (begin.matches()) {
        if (blocks.size() == MOST) {
          throw new IllegalArgumentException("it holds more than %d of them".formatted(MOST));
        }
        int first = number + 1;
        number = end(lines, first, begin.group(1));
        blocks.add(block(lines, first, number, begin.group(1)));
      } else if (MARKER.matcher(lines[number]).find()) {
        throw new IllegalArgumentException(
            "line %d looks like a line such as -----BEGIN CERTIFICATE-----, but is not exactly one"
                .formatted(number + 1));
      }
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("it is not PEM");
    }
    return blocks;
  }

  /** As Go and OpenSSL do, without blanks at its end. */
  private static String line(String[] lines, int number) {
    return BLANKS.matcher(lines[number]).replaceFirst("");
  }

  private static int end(String[] lines, int first, String type) {
    String end = "-----END " + type + "-----";
    for (int number = first; number < lines.length; number++) {
      String line = line(lines, number);
      if (line.equals(end)) {
        return number;
      }
      if (!BODY.matcher(line).matches()) {
        throw new IllegalArgumentException(
            "line %d is neither base64 nor the END line of the block that begins on line %d"
                .formatted(number + 1, first));
      }
    }
    throw new IllegalArgumentException(
        "the block that begins on line %d has no END line".formatted(first));
  }

  private static Block block(String[] lines, int first, int end, String type) {
    StringBuilder body = new StringBuilder();
    for (int number = first; number < end; number++) {
      body.append(line(lines, number));
    }
    return fromBase64(body.toString())
        .map(content -> new Block(first, type, content.getBytes(StandardCharsets.ISO_8859_1)))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the block that begins on line %d is not whole base64".formatted(first)));
  }
}
