package io.podlab.token.ca;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.kit.text.Printable;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.observability.ObservedTokens;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Logs the CA of the join commands when it becomes known or changes, and exports it as metrics. */
@Singleton
@Startup
final class CaWatch {
  private static final Logger LOG = Logger.getLogger(CaWatch.class);

  private final Clock clock;
  private final MeterRegistry meters;
  private volatile CaHashes last;

  @Inject
  CaWatch(ObservedTokens tokens, Clock clock, MeterRegistry meters) {
    this(clock, meters);
    tokens.onClusterInfo(this::observe);
  }

  CaWatch(Clock clock, MeterRegistry meters) {
    this.clock = clock;
    this.meters = meters;
  }

  synchronized void observe(ClusterInfo info) {
    CaHashes authority = CaHashes.of(info.certificateAuthority(), clock.instant());
    if (authority.equals(last)) {
      return;
    }
    if (last == null) {
      last = authority;
      register();
    }
    last = authority;
    for (CaCertificate certificate : authority.certificates()) {
      LOG.infof(
          "CA %s, hash %s, valid until %s",
          Printable.line(certificate.subject().orElse("")),
          certificate.hash(),
          certificate.notAfter().map(Instant::toString).orElse("an unknown time"));
    }
    authority.warnings().forEach(warning -> LOG.warnf("nodes may fail to join: CA %s", warning));
  }

  private void register() {
    Gauge.builder("lab.token.ca.expiry.timestamp", this, CaWatch::firstExpiry)
        .baseUnit("seconds")
        .description(
            "Unix time in seconds when the first CA certificate expires; absent until the CA is"
                + " known")
        .register(meters);
    Gauge.builder("lab.token.ca.valid", this, self -> self.last.warnings().isEmpty() ? 1 : 0)
        .description("1 if kubeadm can trust all CA certificates now, else 0")
        .register(meters);
  }

  private double firstExpiry() {
    return last.certificates().stream()
        .map(CaCertificate::notAfter)
        .flatMap(Optional::stream)
        .mapToDouble(Instant::getEpochSecond)
        .min()
        .orElse(Double.NaN);
  }
}
