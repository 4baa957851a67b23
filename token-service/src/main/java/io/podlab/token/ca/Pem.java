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
 * Parses certificates and public keys. Go (and so kubeadm) and OpenSSL each skip blocks that they
 * cannot parse, but not the same ones. A missing hash would pin a node to the wrong CA. So this
 * parser accepts only blocks that both accept, and refuses everything else that looks like a block.
 * {@link CaCertificate#problems} says whether kubeadm can use the key of a certificate. A text has
 * one character per byte (ISO 8859-1).
 */
public final class Pem {
  /** A CA bundle contains a few certificates; a larger text is probably a mistake. */
  static final int MOST = 100;

  private static final String CERTIFICATE = "CERTIFICATE";

  /** Characters of a type in an error message. */
  private static final int LONGEST_TYPE = 40;

  private static final Pattern PRIVATE_KEY = Pattern.compile("BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY");
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9][A-Z0-9 ]*)-----");

  /** A marker line, or a malformed one, for example with Unicode dashes. */
  private static final Pattern MARKER =
      Pattern.compile(
          "-----|(?mdi:^[-\\h\\u0080-\\u00ff]*+(?:BEGIN|END)\\b.{0,20}(?:CERTIFICATE|PUBLIC KEY))");

  /** The lookbehind keeps matching linear: one attempt per run of blanks. */
  private static final Pattern BLANKS = Pattern.compile("(?<![ \\t])[ \\t]++$");

  private static final Pattern BODY = Pattern.compile("[A-Za-z0-9+/=]+");
  private static final Pattern BYTE_ORDER_MARK = Pattern.compile("^(?:\u00ef\u00bb\u00bf|\ufeff)");
  private static final Pattern KUBECONFIG_KEY = Pattern.compile("^certificate-authority-data:\\s");

  private static final String INCOMPLETE = " lines may be missing or changed, so copy it again";

  private Pem() {}

  /** Parses the content of a block. */
  private interface Parser<T> {
    T parse() throws IOException;
  }

  /** The decoded bytes between a BEGIN and an END line. */
  private record Block(int line, String type, byte[] content) {
    CaCertificate described(Instant now) {
      return switch (type) {
        case CERTIFICATE -> {
          X509CertificateHolder certificate =
              parsed(this::certificate, "is not a complete X.509 certificate;" + INCOMPLETE);
          yield parsed(
              () -> CaCertificate.of(certificate, now),
              "is a certificate with an invalid extension, or without an RSA, EC or Ed25519 key");
        }
        case "PUBLIC KEY" ->
            parsed(
                this::publicKey, "is not a complete RSA, EC or Ed25519 public key;" + INCOMPLETE);
        case "RSA PUBLIC KEY" ->
            parsed(this::rsaPublicKey, "is not a complete RSA public key;" + INCOMPLETE);
        default ->
            throw refused(
                "has the type %s, not CERTIFICATE or PUBLIC KEY"
                    .formatted(type.length() <= LONGEST_TYPE ? type : "…"));
      };
    }

    private X509CertificateHolder certificate() throws IOException {
      X509CertificateHolder certificate = new X509CertificateHolder(content);
      refuseUnlessDer(certificate.toASN1Structure());
      return certificate;
    }

    private CaCertificate publicKey() throws IOException {
      SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(content);
      refuseUnlessDer(key);
      return CaCertificate.of(key);
    }

    private CaCertificate rsaPublicKey() throws IOException {
      RSAPublicKey rsa = RSAPublicKey.getInstance(content);
      refuseUnlessDer(rsa);
      return CaCertificate.of(
          new SubjectPublicKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), rsa));
    }

    /** Replaces the parser's message, which may quote the content. */
    private <T> T parsed(Parser<T> parser, String refusal) {
      try {
        return parser.parse();
      } catch (IOException | RuntimeException malformed) {
        throw refused(refusal);
      }
    }

    /** BouncyCastle and OpenSSL accept BER; Go accepts only DER. */
    private void refuseUnlessDer(ASN1Object object) throws IOException {
      if (!Arrays.equals(object.getEncoded(ASN1Encoding.DER), content)) {
        throw new IOException("not DER");
      }
    }

    IllegalArgumentException refused(String why) {
      return new IllegalArgumentException("the block at line %d %s".formatted(line, why));
    }

    String text() {
      return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
          .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
    }
  }

  /**
   * Returns the certificates and public keys in the order of the text, at least one.
   *
   * @param text PEM, or the base64 of PEM
   * @param now the time at which the validity is checked
   * @throws IllegalArgumentException naming the line, without any of the content
   */
  static List<CaCertificate> read(String text, Instant now) {
    return decoded(text, pem -> blocks(pem).stream().map(block -> block.described(now)).toList());
  }

  /**
   * Returns the certificates in canonical form, without the text around them.
   *
   * @throws IllegalArgumentException as {@link #read}, and for a public key without a certificate
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

  /** Decodes base64 by Go's rules: padding is required, line ends are ignored. */
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

  /** Parses PEM, or the base64 of PEM as in a kubeconfig. */
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
      throw new IllegalArgumentException("in the decoded base64, " + refused.getMessage());
    }
  }

  private static String withoutByteOrderMark(String text) {
    return BYTE_ORDER_MARK.matcher(text).replaceFirst("");
  }

  private static List<Block> blocks(String given) {
    String text = withoutByteOrderMark(given);
    if (text.isBlank()) {
      throw new IllegalArgumentException("the text is empty");
    }
    if (PRIVATE_KEY.matcher(text).find()) {
      throw new IllegalArgumentException(
          "the text contains a private key, which you should not share (it was not stored)");
    }
    List<Block> blocks = new ArrayList<>();
    String[] lines = text.split("\r?\n");
    for (int number = 0; number < lines.length; number++) {
      Matcher begin = BEGIN.matcher(line(lines, number));
      if (begin.matches()) {
        if (blocks.size() == MOST) {
          throw new IllegalArgumentException(
              "the text contains more than %d certificates and public keys".formatted(MOST));
        }
        int first = number + 1;
        number = end(lines, first, begin.group(1));
        blocks.add(block(lines, first, number, begin.group(1)));
      } else if (MARKER.matcher(lines[number]).find()) {
        throw new IllegalArgumentException(
            "line %d is not exactly a line such as -----BEGIN CERTIFICATE-----"
                .formatted(number + 1));
      }
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("the text has no line -----BEGIN CERTIFICATE-----");
    }
    return blocks;
  }

  /** The line without trailing blanks, which Go and OpenSSL ignore too. */
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
            "line %d is not base64 and not the END line of the block at line %d"
                .formatted(number + 1, first));
      }
    }
    throw new IllegalArgumentException("the block at line %d has no END line".formatted(first));
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
                    "the block at line %d is not complete base64; lines may be missing or changed"
                        .formatted(first)));
  }
}
