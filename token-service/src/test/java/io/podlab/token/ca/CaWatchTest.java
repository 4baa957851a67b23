package io.podlab.token.ca;

import static io.podlab.token.ca.TestCertificates.pem;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.kit.testing.SettableClock;
import io.podlab.token.bootstrap.ClusterInfo;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CaWatchTest {
  private final SettableClock clock = new SettableClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CaWatch watch = new CaWatch(clock, meters);
  private final List<Level> logged = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger(CaWatch.class.getName());
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord one) {
          logged.add(one.getLevel());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
  }

  private void observe(X509CertificateHolder... certificates) throws Exception {
    StringBuilder pem = new StringBuilder();
    for (X509CertificateHolder certificate : certificates) {
      pem.append(pem(certificate));
    }
    watch.observe(new ClusterInfo(Optional.empty(), "", pem.toString(), Set.of()));
  }

  private Optional<Double> gauge(String name) {
    return Optional.ofNullable(meters.find(name).gauge()).map(Gauge::value);
  }

  @Test
  void hasNoMetricsBeforeTheCaIsKnown() {
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void logsAValidCaOnce() throws Exception {
    // Given
    X509CertificateHolder certificate = TestCertificates.EC.newCertificate();

    // When
    observe(certificate);
    observe(certificate);

    // Then
    assertThat(logged).extracting(Level::getName).containsExactly("INFO");
    assertThat(gauge("lab.token.ca.expiry.timestamp"))
        .contains((double) TestCertificates.END.getEpochSecond());
    assertThat(gauge("lab.token.ca.valid")).contains(1.0);
  }

  @Test
  void warnsOnceTheCaHasExpired() throws Exception {
    // Given
    X509CertificateHolder certificate = TestCertificates.EC.newCertificate();
    observe(certificate);

    // When
    clock.advance(Duration.between(clock.instant(), TestCertificates.END.plusSeconds(1)));
    observe(certificate);
    observe(certificate);

    // Then
    assertThat(logged).extracting(Level::getName).containsExactly("INFO", "INFO", "WARN");
    assertThat(gauge("lab.token.ca.valid")).contains(0.0);
  }

  @Test
  void warnsIfOneOfSeveralIsNotACa() throws Exception {
    // When
    observe(
        TestCertificates.EC.newCertificate(),
        TestCertificates.EC.newCertificate(
            TestCertificates.EC.newKeys(), BigInteger.ONE, new BasicConstraints(false), null));

    // Then
    assertThat(logged).extracting(Level::getName).containsExactly("INFO", "INFO", "WARN");
    assertThat(gauge("lab.token.ca.valid")).contains(0.0);
  }

  @Test
  void isValidAgainWithAnotherCa() throws Exception {
    // Given
    observe(
        TestCertificates.EC.newCertificate(
            TestCertificates.EC.newKeys(), BigInteger.ONE, null, null));

    // When
    observe(TestCertificates.EC.newCertificate());

    // Then
    assertThat(logged).extracting(Level::getName).containsExactly("INFO", "WARN", "INFO");
    assertThat(gauge("lab.token.ca.valid")).contains(1.0);
  }
}
