package io.podlab.token.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.podlab.token.bootstrap.BackendUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Whether the API server answers and would let this service keep a token. However often it is
 * asked, by probes or by strangers, the API server hears of it once a second at most.
 */
final class Availability {
  private static final Logger LOG = Logger.getLogger(Availability.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PATIENCE_MILLIS = 900;

  private static final SelfSubjectAccessReview MAY_WE_CREATE =
      new SelfSubjectAccessReviewBuilder()
          .withNewSpec()
          .withNewResourceAttributes()
          .withNamespace(KubernetesTokens.NAMESPACE)
          .withVerb("create")
          .withResource("secrets")
          .endResourceAttributes()
          .endSpec()
          .build();

  private final ApiServer api;
  private final LongSupplier nanos;
  private CompletableFuture<String> asked;
  private long askedAt;
  private String lastComplaint = "";

  Availability(ApiServer api, LongSupplier nanos) {
    this.api = api;
    this.nanos = nanos;
  }

  /** Answers within a second. */
  boolean isReady() {
    String complaint;
    try {
      complaint = latest().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      complaint = "the API server takes its time";
    } catch (ExecutionException mistake) {
      throw new IllegalStateException(mistake.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
    tell(complaint);
    return complaint.isEmpty();
  }

  /** One question at a time, and none as long as the last answer is fresh. */
  private synchronized CompletableFuture<String> latest() {
    long now = nanos.getAsLong();
    if (asked == null || asked.isDone() && now - askedAt >= FRESH_NANOS) {
      askedAt = now;
      asked = CompletableFuture.supplyAsync(this::complaint);
    }
    return asked;
  }

  private String complaint() {
    try {
      boolean allowed =
          api.ask(
                  client ->
                      client.authorization().v1().selfSubjectAccessReview().create(MAY_WE_CREATE))
              .getStatus()
              .getAllowed();
      return allowed
          ? ""
          : "this service may not create secrets in the namespace " + KubernetesTokens.NAMESPACE;
    } catch (BackendUnavailableException away) {
      return away.getMessage();
    }
  }

  /** A line when it changes, not one a probe. */
  private synchronized void tell(String complaint) {
    if (complaint.isEmpty() && !lastComplaint.isEmpty()) {
      LOG.info("ready again: the API server answers");
    } else if (lastComplaint.isEmpty() && !complaint.isEmpty()) {
      LOG.warnf("not ready: %s", complaint);
    }
    lastComplaint = complaint;
  }
}
