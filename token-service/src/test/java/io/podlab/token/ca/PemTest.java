package io.podlab.token.ca;

import static io.podlab.token.ca.TestCertificates.hash;
import static io.podlab.token.ca.TestCertificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static List<CaCertificate> read(String text) {
    return Pem.read(text, NOW);
  }

  @ParameterizedTest
  @EnumSource
  void readsACertificateOfAnyKey(TestCertificates kind) throws Exception {
    // Given
    X509CertificateHolder certificate = kind.newCertificate();

    // When
    List<CaCertificate> read = read(pem(certificate));

    // Then
    assertThat(read).extracting(CaCertificate::hash).containsExactly(hash(certificate));
    assertThat(read.get(0).subject()).contains("CN=kubernetes");
  }

  @ParameterizedTest
  @EnumSource
  void readsAPublicKey(TestCertificates kind) throws Exception {
    // Given
    KeyPair keys = kind.newKeys();
    String certificateHash = hash(kind.newCertificate(keys, BigInteger.ONE));

    // When
    List<CaCertificate> read = read(pem(keys.getPublic()));

    // Then
    assertThat(read).extracting(CaCertificate::hash).containsExactly(certificateHash);
    assertThat(read.get(0))
        .extracting(CaCertificate::subject, CaCertificate::notAfter, CaCertificate::serial)
        .allMatch(fact -> fact.equals(Optional.empty()));
  }

  private static final String BOM = "\u00ef\u00bb\u00bf";

  /** {@code openssl ec -param_enc explicit -pubout} and {@code -conv_form compressed -pubout}. */
  private static final String EXPLICIT_CURVE =
      """
      -----BEGIN PUBLIC KEY-----
      MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA
      AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////
      ///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd
      NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5
      RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA
      //////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABMzPN45Pn/cDiKng/ZLbJk7S
      g+NwsdxrMlszKabm0UMYXwBE/iX+FCO4yqFQ3KvBSedhkNxaYqnubq9JcXcBj5g=
      -----END PUBLIC KEY-----
      """;

  private static final String COMPRESSED_POINT =
      """
      -----BEGIN PUBLIC KEY-----
      MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgADZ6pKa4TtuuuaM+d6I3EwCQKXMur6
      RrEHGpKSx6EPszs=
      -----END PUBLIC KEY-----
      """;

  /** The hashes come from {@code openssl pkey -pubin -outform der | sha256sum}. */
  static Stream<Arguments> unusualKeys() {
    return Stream.of(
        Arguments.of(
            EXPLICIT_CURVE, "bb69becb0ddbeceb37c1b29376a167d236695118c109fd89046fab37a2f9ed7b"),
        Arguments.of(
            COMPRESSED_POINT, "aab5d31d32dc8e371225cba68bbd585f162e2fd053b2c3ee1a9d559a7d4b8a8c"));
  }

  @ParameterizedTest
  @MethodSource("unusualKeys")
  void hashesTheOriginalEncoding(String text, String hash) {
    // When
    List<CaCertificate> read = read(text);

    // Then
    assertThat(read)
        .extracting(CaCertificate::hash, CaCertificate::keyType)
        .containsExactly(tuple("sha256:" + hash, "EC 256"));
  }

  @Test
  void skipsTheTextAround() throws Exception {
    // Given
    String certificate = pem(TestCertificates.EC.newCertificate());
    String text = "Certificate:\n    Data:\n" + certificate + "# old\r\n" + certificate + "\n\n";

    // When, Then
    assertThat(read(text)).hasSize(2);
  }

  static Stream<Object> privateKeys() throws Exception {
    return Stream.of(
        TestCertificates.RSA.newKeys().getPrivate(),
        TestCertificates.EC.newKeys().getPrivate(),
        new JcaMiscPEMGenerator(TestCertificates.EC.newKeys().getPrivate()),
        new JcaPKCS8Generator(TestCertificates.ED25519.newKeys().getPrivate(), null));
  }

  @ParameterizedTest
  @MethodSource("privateKeys")
  void refusesAPrivateKeyAndDoesNotRepeatIt(Object key) throws Exception {
    // Given
    String text = pem(TestCertificates.EC.newCertificate()) + pem(key);

    // When, Then
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("private key")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PRIVATE KEY-----\nMIGH",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nx\n-----END ENCRYPTED PRIVATE KEY-----\n"
      })
  void refusesAnIncompleteOrEncryptedPrivateKey(String text) {
    assertThatThrownBy(() -> read(text)).hasMessageContaining("private key");
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(
      strings = {
        "garbage",
        "{\"kind\": \"ConfigMap\"}",
        "MIIB",
        "\u0000\u0001\u0002",
        "\u0030\u0082\u0001\u004a",
      })
  void refusesWhatIsNotPem(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no line -----BEGIN CERTIFICATE-----");
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"", " ", "\n\n"})
  void refusesAnEmptyText(String text) {
    assertThatThrownBy(() -> read(text)).hasMessageContaining("empty");
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(
      strings = {
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nZ2FyYmFnZQ==\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nZ2FyYmFnZQ\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nZ2FyYmFnZQ===\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nZ2Fy=YmFnZ\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nZ2FyYmFnZQ==\n",
        "-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nZ\n-----END CERTIFICATE-----\n",
        "-----BEGIN PUBLIC KEY-----\nZ2FyYmFnZQ==\n-----END PUBLIC KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n",
        "-----BEGIN RSA PUBLIC KEY-----\nMAA=\n-----END RSA PUBLIC KEY-----\n",
        "-----BEGIN X509 CERTIFICATE-----\nMAA=\n-----END X509 CERTIFICATE-----\n",
        "-----BEGIN TRUSTED CERTIFICATE-----\nMAA=\n-----END TRUSTED CERTIFICATE-----\n",
        "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n",
      })
  void namesTheLineOfADamagedBlock(String part) throws Exception {
    // Given
    String first = pem(TestCertificates.EC.newCertificate());

    // When, Then
    assertThatThrownBy(() -> read(first + part))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the block at line %d ".formatted(first.lines().count() + 1))
        .hasNoCause();
  }

  /**
   * A text with a certificate, and the number of the refused line. For each of these texts, Go
   * 1.19's encoding/pem (which kubeadm uses) or OpenSSL 3.0 skips a certificate or reads one from a
   * text that is not PEM.
   */
  static Stream<Arguments> almostPem() throws Exception {
    String whole = pem(TestCertificates.EC.newCertificate());
    String cut = whole.strip();
    List<String> lines = cut.lines().toList();
    String begin = lines.get(0) + "\n";
    String body = String.join("\n", lines.subList(1, lines.size() - 1)) + "\n";
    String base64 = body.replace("\n", "");
    String end = lines.get(lines.size() - 1) + "\n";
    int last = lines.size();
    return Stream.of(
        Arguments.of("the next begins on the line of the end", cut + whole, last),
        Arguments.of("text after the end", cut + " # old\n", last),
        Arguments.of("a BOM between two", whole + BOM + whole, last + 1),
        Arguments.of("two BOMs", BOM + BOM + whole, 1),
        Arguments.of("a BOM in a block", begin + BOM + body + end, 2),
        Arguments.of("text before the begin", "x" + whole, 1),
        Arguments.of("a blank before the begin", " " + whole, 1),
        Arguments.of("a tab before the begin", "\t" + whole, 1),
        Arguments.of("a form feed before the begin", whole + "\f" + whole, last + 1),
        Arguments.of("indented", whole.indent(4), 1),
        Arguments.of("quoted", "\"" + whole + "\"", 1),
        Arguments.of("a diff", whole.replaceAll("(?m)^", "+"), 1),
        Arguments.of("escaped line ends", whole.replace("\n", "\\n"), 1),
        Arguments.of("a line", whole.replace("\n", ""), 1),
        Arguments.of("blanks for line ends", whole.replace("\n", " "), 1),
        Arguments.of("CR alone", whole.replace("\n", "\r"), 1),
        Arguments.of("CR CR LF", whole.replace("\n", "\r\r\n"), 1),
        Arguments.of("LF CR", whole.replace("\n", "\n\r"), 2),
        Arguments.of("CR without LF at the end", cut + "\r", last),
        Arguments.of("Unicode's line separator", whole.replace("\n", "\u2028"), 1),
        Arguments.of("four dashes", whole.replace("-----", "----"), 1),
        Arguments.of("six dashes", whole.replace("-----", "------"), 1),
        Arguments.of("four dashes after blanks", whole.replace("-----", " \t----"), 1),
        Arguments.of("typographic dashes", whole.replace("-----", "\u00e2\u0080\u0094-"), 1),
        Arguments.of("no dashes", whole.replace("-----", ""), 1),
        Arguments.of("two blanks", whole.replace("BEGIN ", "BEGIN  "), 1),
        Arguments.of("no blank", whole.replace("BEGIN ", "BEGIN"), 1),
        Arguments.of("a no-break space", whole.replace("BEGIN ", "BEGIN\u00a0"), 1),
        Arguments.of("a zero width space", whole.replace("BEGIN ", "BEGIN \u200b"), 1),
        Arguments.of("lower case", whole.replace("BEGIN CERTIFICATE", "begin certificate"), 1),
        Arguments.of("the end in lower case", begin + body + end.toLowerCase(Locale.ROOT), last),
        Arguments.of("an end with four dashes", begin + body + end.substring(1), last),
        Arguments.of("another end", begin + body + "-----END X509 CERTIFICATE-----\n", last),
        Arguments.of("no end before the next", begin + body + whole, last),
        Arguments.of("a begin before the begin", begin + whole, 2),
        Arguments.of("an end before the begin", end + whole, 1),
        Arguments.of("an end after the end", whole + end, last + 1),
        Arguments.of("a begin after the end", whole + begin, last + 1),
        Arguments.of("dashes in a comment", "----- old -----\n" + whole, 1),
        Arguments.of("a line of dashes", whole + "-----\n" + whole, last + 1),
        Arguments.of("a header", begin + "Proc-Type: 4,CLEAR\n\n" + body + end, 2),
        Arguments.of("a comment in the block", begin + "# old\n" + body + end, 2),
        Arguments.of("an empty line in the block", begin + "\n" + body + end, 2),
        Arguments.of("an empty line before the end", begin + body + "\n" + end, last),
        Arguments.of("a blank in a line", begin + "M " + body.substring(1) + end, 2),
        Arguments.of("a vertical tab", begin + "\u000b" + body + end, 2),
        Arguments.of("padding missing", begin + base64.replace("=", "") + "A\n" + end, 1),
        Arguments.of("padding too long", begin + base64 + "====\n" + end, 1),
        Arguments.of("padding in the middle", begin + "TQ==" + body + end, 1),
        Arguments.of("base64 for URLs", begin + "-_" + body.substring(2) + end, 2),
        Arguments.of("bytes after the certificate", begin + longer(base64) + "\n" + end, 1),
        Arguments.of("the end on the last line", begin + body.strip() + end, last - 1),
        Arguments.of("OpenSSL's old name", whole.replace("CERT", "X509 CERT"), 1),
        Arguments.of("OpenSSL's own form", whole.replace("CERT", "TRUSTED CERT"), 1));
  }

  private static String longer(String base64) {
    byte[] der = Base64.getDecoder().decode(base64);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(der, der.length + 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("almostPem")
  void namesTheLineOfAnAmbiguousText(String what, String text, int line) {
    String pattern = "(?:the block at )?line %d .*".formatted(line);
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .matches(pattern);
    assertThatThrownBy(() -> Pem.authority(text)).message().matches(pattern);
    assertThatThrownBy(() -> read(base64(text)))
        .message()
        .matches("in the decoded base64, " + pattern);
  }

  static Stream<Arguments> wellFormed() throws Exception {
    String whole = pem(TestCertificates.EC.newCertificate());
    String crlf = whole.replace("\n", "\r\n");
    List<String> lines = whole.lines().toList();
    String base64 = String.join("", lines.subList(1, lines.size() - 1));
    String begin = lines.get(0) + "\n";
    String end = lines.get(lines.size() - 1) + "\n";
    return Stream.of(
        Arguments.of("one", whole, 1),
        Arguments.of("no line end at the end", whole.strip(), 1),
        Arguments.of("CR LF", crlf + crlf, 2),
        Arguments.of("both line ends", crlf + whole, 2),
        Arguments.of("blanks at the ends of lines", whole.replace("\n", " \t\n"), 1),
        Arguments.of("a BOM at the start", BOM + whole, 1),
        Arguments.of("a BOM as a character", "\ufeff" + whole, 1),
        Arguments.of("a BOM and text", BOM + "# CA\n" + whole, 1),
        Arguments.of("text around", "# CA --\n\n" + whole + "old: -1\n" + whole + "\0\n", 2),
        Arguments.of("a comment", "# end of the CA certificate of the lab\n" + whole, 1),
        Arguments.of("a comment that begins", "// BEGIN: certificate of 2026\n" + whole, 1),
        Arguments.of("a sentence", "At the end of the year the certificate expires.\n" + whole, 1),
        Arguments.of("base64 of a comment", base64("# begin certificates\n" + whole), 1),
        Arguments.of("a long line", begin + base64 + "\n" + end, 1),
        Arguments.of("short lines", begin + base64.replaceAll("(.{10})", "$1\n") + "\n" + end, 1),
        Arguments.of("lines of 76", begin + base64.replaceAll("(.{76})", "$1\n") + "\n" + end, 1),
        Arguments.of("base64 of it", base64(whole), 1),
        Arguments.of("base64 of two", base64(whole + crlf), 2),
        Arguments.of("base64 of a BOM and one", base64(BOM + whole), 1),
        Arguments.of("base64 with a line end", base64(whole) + "\n", 1),
        Arguments.of("base64 after a BOM", BOM + base64(whole), 1),
        Arguments.of("base64 in lines", base64(whole).replaceAll("(.{76})", "$1\r\n"), 1),
        Arguments.of(
            "a line of a kubeconfig",
            "    certificate-authority-data: " + base64(whole) + "\n",
            1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wellFormed")
  void readsWhatOtherProgramsRead(String what, String text, int certificates) {
    assertThat(read(text)).hasSize(certificates);
    assertThat(read(Pem.decoded(text, Pem::authority))).isEqualTo(read(text));
  }

  /** OpenSSL accepts BER and Go does not: an indefinite length, or a non-minimal one. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"3080, 0000", "3084%08x, ''"})
  void refusesBer(String begin, String end) throws Exception {
    // Given
    byte[] der = TestCertificates.EC.newCertificate().getEncoded();
    String content = HexFormat.of().formatHex(der).substring(8);
    String ber = begin.formatted(content.length() / 2) + content + end;
    String text =
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(ber)));

    // When, Then
    assertThatThrownBy(() -> read(text)).hasMessageStartingWith("the block at line 1 ");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void saysThatACertificateIsIncompleteIfALineIsMissing() throws Exception {
    // Given
    List<String> lines =
        new ArrayList<>(pem(TestCertificates.EC.newCertificate()).lines().toList());
    lines.remove(2);

    // When, Then
    assertThatThrownBy(() -> read(String.join("\n", lines)))
        .hasMessageStartingWith("the block at line 1 is not a complete X.509 certificate; ")
        .hasMessageContaining("lines may be missing");
  }

  /** Every truncated certificate is refused without an internal error. */
  @Test
  void refusesEveryBeginningOfACertificate() throws Exception {
    // Given
    String text = pem(TestCertificates.EC.newCertificate()).strip();

    // When, Then
    for (int length = 0; length < text.length(); length++) {
      String beginning = text.substring(0, length);
      assertThatThrownBy(() -> read(beginning))
          .describedAs("%d characters", length)
          .isExactlyInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X509 CRL", "CERTIFICATE REQUEST", "EC PARAMETERS", "SOMETHING"})
  void refusesOtherTypes(String type) {
    // Given
    String text = "-----BEGIN %1$s-----\nMAA=\n-----END %1$s-----\n".formatted(type);

    // When, Then
    assertThatThrownBy(() -> read(text)).isExactlyInstanceOf(IllegalArgumentException.class);
  }

  /** Anyone can send such a text, so no pattern may need quadratic time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "BEGIN ",
        "-",
        "\u00e2",
        "\u0085",
        "\n-",
        "\n",
        "\r",
        "A",
        "certificate-authority-data: "
      })
  void refusesALongTextQuickly(String part) {
    String text = "x" + part.repeat(1_000_000 / part.length()) + "x";
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThatThrownBy(() -> read(text))
                .isExactlyInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void acceptsAtMostAHundred() throws Exception {
    // Given
    String one = pem(TestCertificates.ED25519.newKeys().getPublic());

    // When, Then
    assertThat(read(one.repeat(100))).hasSize(100);
    assertThatThrownBy(() -> read(one.repeat(101))).hasMessageContaining("more than 100 ");
  }
}
