package io.podlab.token.ca;

import static io.podlab.token.ca.TestCertificates.hash;
import static io.podlab.token.ca.TestCertificates.pem;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.token.TemporaryState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TemporaryState.class)
class CaResourceTest {
  private static X509CertificateHolder rsa;
  private static X509CertificateHolder ed25519;

  @BeforeAll
  static void makeCertificates() throws Exception {
    rsa = TestCertificates.RSA.newCertificate();
    ed25519 = TestCertificates.ED25519.newCertificate();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "text/plain",
        "application/x-pem-file",
        "application/pem-certificate-chain",
        "application/octet-stream"
      })
  void hashesThePemOfAClient(String type) throws Exception {
    given()
        .config(
            RestAssured.config()
                .encoderConfig(
                    EncoderConfig.encoderConfig()
                        .encodeContentTypeAs(
                            "application/x-www-form-urlencoded", ContentType.BINARY)))
        .accept("*/*")
        .header("Content-Type", type)
        .body((pem(rsa) + pem(ed25519)).getBytes(US_ASCII))
        .when()
        .post("/ca/hash")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(equalTo(hash(rsa) + "\n" + hash(ed25519) + "\n"));
  }

  @Test
  void omitsCertificateFieldsForAPublicKey() throws Exception {
    given()
        .accept(ContentType.JSON)
        .contentType("application/x-pem-file")
        .body(pem(TestCertificates.EC.newKeys().getPublic()).getBytes(US_ASCII))
        .when()
        .post("/ca/hash")
        .then()
        .statusCode(200)
        .body("certificates[0].keySet()", equalTo(Set.of("hash", "keyType")))
        .body("certificates[0].keyType", equalTo("EC 256"));
  }

  @Test
  void namesTheProblemOfThePem() {
    given()
        .accept(ContentType.JSON)
        .contentType(ContentType.TEXT)
        .body("-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n")
        .when()
        .post("/ca/hash")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("body"))
        .body("detail", containsString("private key"))
        .body("accepted", containsString("1 to 100 certificates"));
  }

  @Test
  void listsTheProblemsOfACertificate() throws Exception {
    // Given
    X509CertificateHolder leaf =
        TestCertificates.EC.newCertificate(
            TestCertificates.EC.newKeys(), BigInteger.ONE, new BasicConstraints(false), null);
    byte[] body = (pem(rsa) + pem(leaf)).getBytes(US_ASCII);

    // When, Then
    given()
        .contentType("application/x-pem-file")
        .body(body)
        .accept("*/*")
        .post("/ca/hash")
        .then()
        .body(
            equalTo(
                hash(rsa)
                    + "\n"
                    + hash(leaf)
                    + "\n# warning: certificate 2 is not a CA certificate\n"));
    given()
        .contentType("application/x-pem-file")
        .body(body)
        .accept(ContentType.JSON)
        .post("/ca/hash")
        .then()
        .body("certificates[0].problems", nullValue())
        .body("certificates[0].notBefore", equalTo("2020-03-01T12:00:00Z"))
        .body("certificates[1].problems", equalTo(List.of("is not a CA certificate")));
  }

  @Test
  void refusesAnEmptyBody() {
    given()
        .accept("*/*")
        .when()
        .post("/ca/hash")
        .then()
        .statusCode(400)
        .body(startsWith("400 Bad Request: body: "));
  }

  @Test
  void refusesATooLongBody() throws Exception {
    given()
        .accept("*/*")
        .contentType("application/x-pem-file")
        .body(pem(TestCertificates.EC.newCertificate()).repeat(1_000).getBytes(US_ASCII))
        .when()
        .post("/ca/hash")
        .then()
        .statusCode(413);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"*/*", "application/x-pem-file", "application/json", "text/plain"})
  void returnsTheCertificateForAnyAcceptHeader(String accept) {
    // Given
    String hash = given().accept("*/*").get("/ca/hash").asString();

    // When
    String pem =
        given()
            .accept(accept)
            .when()
            .get("/ca.crt")
            .then()
            .statusCode(200)
            .contentType("application/x-pem-file")
            .extract()
            .asString();

    // Then
    given()
        .accept("*/*")
        .contentType("application/octet-stream")
        .body(pem.getBytes(US_ASCII))
        .post("/ca/hash")
        .then()
        .body(equalTo(hash));
  }

  @Test
  void returnsTheClusterInfo() {
    // Given
    String hash = given().accept("*/*").get("/ca/hash").asString().strip();

    // When, Then
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/cluster-info")
        .then()
        .statusCode(200)
        .body("endpoint", equalTo("10.1.2.3:6443"))
        .body("caCertHashes", equalTo(List.of(hash)))
        .body("signed", equalTo(List.of()))
        .body("warnings", nullValue());
    given()
        .accept("*/*")
        .when()
        .get("/cluster-info")
        .then()
        .body(
            equalTo(
                """
                Endpoint:  10.1.2.3:6443
                CA hash:   %s
                Signed by: <none>
                """
                    .formatted(hash)));
  }

  @Test
  void exportsTheExpiryOfTheCa() {
    // Given
    String notAfter =
        given().accept(ContentType.JSON).get("/ca/hash").path("certificates[0].notAfter");

    // When, Then: it is known soon after the start.
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(given().get("/metrics").asString().lines())
                    .filteredOn(line -> line.startsWith("lab_token_ca_"))
                    .map(line -> line.replaceFirst("\\{.*}", ""))
                    .map(line -> (long) Double.parseDouble(line.split(" ")[1]))
                    .containsExactlyInAnyOrder(Instant.parse(notAfter).getEpochSecond(), 1L));
  }

  @Test
  void returnsOnlyTheHashAsText() {
    given()
        .accept("*/*")
        .when()
        .get("/ca/hash")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(matchesPattern("sha256:[0-9a-f]{64}\n"));
  }

  @Test
  void describesTheCertificateInJson() {
    // Given
    String hash = given().accept("*/*").get("/ca/hash").asString().strip();

    // When, Then
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/ca/hash")
        .then()
        .statusCode(200)
        .contentType(ContentType.JSON)
        .body("certificates", hasSize(1))
        .body("certificates[0].hash", equalTo(hash))
        .body("certificates[0].subject", equalTo("CN=kubernetes"))
        .body("certificates[0].keyType", equalTo("EC 256"))
        .body(
            "certificates[0].notAfter",
            matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"))
        .body("certificates[0].serial", matchesPattern("[0-9a-f]+"));
  }
}
