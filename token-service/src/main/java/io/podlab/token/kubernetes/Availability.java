package io.podlab.token.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.podlab.token.bootstrap.BackendUnavailableException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Whether the API server answers and would let this service keep a token. However often it is
 * asked, by probes or by strangers, the API server hears of it once a second at most.
 */
final class Availability {
  private static final Logger LOG = Logger.getLogger(Availability.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Readiness has a second, and one try. */
  private static final RequestConfig IMPATIENT =
      new RequestConfigBuilder().withRequestTimeout(900).withRequestRetryBackoffLimit(0).build();

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

  /** Empty if there is none; null before the first question. */
  private String complaint;

  private long answered;

  Availability(ApiServer api, LongSupplier nanos) {
    this.api = api;
    this.nanos = nanos;
  }

  /** Answers within a second: callers that come during a question share its answer. */
  synchronized Optional<String> problem() {
    if (complaint == null || nanos.getAsLong() - answered >= FRESH_NANOS) {
      String before = complaint == null ? "" : complaint;
      complaint = ask();
      answered = nanos.getAsLong();
      tell(before);
    }
    return Optional.of(complaint).filter(text -> !text.isEmpty());
  }

  private String ask() {
    try {
      boolean allowed = api.ask(Availability::review).getStatus().getAllowed();
      return allowed
          ? ""
          : "this service may not create secrets in the namespace " + KubernetesTokens.NAMESPACE;
    } catch (BackendUnavailableException away) {
      return away.getMessage();
    }
  }

  private static SelfSubjectAccessReview review(KubernetesClient client) {
    return client
        .adapt(NamespacedKubernetesClient.class)
        .withRequestConfig(IMPATIENT)
        .call(c -> c.authorization().v1().selfSubjectAccessReview().create(MAY_WE_CREATE));
  }

  /** A line when it changes, not one a probe. */
  private void tell(String before) {
    if (complaint.isEmpty() && !before.isEmpty()) {
      LOG.info("ready again: the API server answers");
    } else if (before.isEmpty() && !complaint.isEmpty()) {
      LOG.warnf("not ready: %s", complaint);
    }
  }
}
