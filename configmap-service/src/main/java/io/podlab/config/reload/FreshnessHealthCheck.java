package io.podlab.config.reload;

import io.podlab.config.reload.ReloadConfig.Staleness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the active source answers. A rejected change does not make the pod unready. */
@Readiness
@Singleton
final class FreshnessHealthCheck implements HealthCheck {
  private final Reloader reloader;
  private final ReloadConfig config;

  FreshnessHealthCheck(Reloader reloader, ReloadConfig config) {
    this.reloader = reloader;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    boolean stale = reloader.isStale();
    boolean ready = !stale || config.stale() == Staleness.READY;
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("configuration").status(ready).withData("stale", stale);
    if (!ready) {
      answer.withData("why", reloader.whyStale());
    }
    reloader.state().rollbackSentence().ifPresent(text -> answer.withData("rollback", text));
    reloader.confirmedAt().ifPresent(at -> answer.withData("confirmedAt", at.toString()));
    return answer.build();
  }
}
