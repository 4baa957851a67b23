package io.podlab.token.token;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready as long as a token could be stored. */
@Readiness
@Singleton
class StoreHealthCheck implements HealthCheck {
  private final TokenStore store;

  @Inject
  StoreHealthCheck(TokenStore store) {
    this.store = store;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("token store").status(store.isWritable()).build();
  }
}
