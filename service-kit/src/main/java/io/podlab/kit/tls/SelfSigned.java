package io.podlab.kit.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a self-signed certificate (RFC 5280) in memory. The JDK has no public API for this, and a
 * library would add 8 MB to the image.
 */
final class SelfSigned {
  private static final Duration CLOCK_DIFFERENCE = Duration.ofDays(1);
  private static final Duration VALID = Duration.ofDays(365);

  /** The form that RFC 5280 requires until the year 2049. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final int SERIAL_BYTES = 16;

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;

  /** Object identifiers with tag and length. */
  private static final byte[] ECDSA_WITH_SHA256 = HexFormat.of().parseHex("06082a8648ce3d040302");

  private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");
  private static final byte[] SUBJECT_ALTERNATIVE_NAME = HexFormat.of().parseHex("0603551d11");

  private SelfSigned() {}

  /**
   * An elliptic curve key, and a certificate that is valid from yesterday for a year.
   *
   * @param names the host names that clients can use
   * @param addresses the IP addresses that clients can use
   */
  static Identity create(
      String commonName, List<String> names, List<InetAddress> addresses, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
      byte[] name =
          der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, text(UTF8_STRING, commonName))));
      byte[] alternatives =
          der(
              SEQUENCE,
              Stream.concat(
                      names.stream().map(each -> text(DNS_NAME, each)),
                      addresses.stream().map(each -> der(IP_ADDRESS, each.getAddress())))
                  .toArray(byte[][]::new));
      byte[] content =
          der(
              SEQUENCE,
              der(VERSION, der(INTEGER, new byte[] {2})),
              der(INTEGER, serial()),
              algorithm,
              name,
              der(
                  SEQUENCE,
                  text(UTC_TIME, TIME.format(now.minus(CLOCK_DIFFERENCE))),
                  text(UTC_TIME, TIME.format(now.plus(VALID)))),
              name,
              pair.getPublic().getEncoded(),
              der(
                  EXTENSIONS,
                  der(
                      SEQUENCE,
                      der(SEQUENCE, SUBJECT_ALTERNATIVE_NAME, der(OCTET_STRING, alternatives)))));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(content);
      byte[] certificate =
          der(SEQUENCE, content, algorithm, der(BIT_STRING, new byte[1], signature.sign()));
      return new Identity(
          pair.getPrivate(),
          List.of(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(certificate))));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Positive, and without a leading zero byte. */
  private static byte[] serial() {
    byte[] serial = new byte[SERIAL_BYTES];
    new SecureRandom().nextBytes(serial);
    serial[0] = (byte) (serial[0] & 0x7f | 0x40);
    return serial;
  }

  private static byte[] text(int tag, String text) {
    return der(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A tag, the length in the shortest form, and the content. */
  private static byte[] der(int tag, byte[]... parts) {
    int length = Stream.of(parts).mapToInt(part -> part.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
