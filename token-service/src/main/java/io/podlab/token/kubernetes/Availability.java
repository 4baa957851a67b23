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
 * Whether the API server answers and this service may create Secrets. Probes and other requests
 * cause at most one request to the API server per second.
 */
final class Availability {
  private static final Logger LOG = Logger.getLogger(Availability.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Readiness must answer within a second, which leaves no time for a retry. */
  private static final RequestConfig SHORT_TIMEOUT =
      new RequestConfigBuilder().withRequestTimeout(900).withRequestRetryBackoffLimit(0).build();

  private static final SelfSubjectAccessReview REVIEW =
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

  /** Empty if there is none; null before the first check. */
  private String problem;

  private long answered;

  Availability(ApiServer api, LongSupplier nanos) {
    this.api = api;
    this.nanos = nanos;
  }

  /** Returns within a second. Concurrent callers share one request to the API server. */
  synchronized Optional<String> problem() {
    if (problem == null || nanos.getAsLong() - answered >= FRESH_NANOS) {
      String before = problem == null ? "" : problem;
      problem = ask();
      answered = nanos.getAsLong();
      logChange(before);
    }
    return Optional.of(problem).filter(text -> !text.isEmpty());
  }

  private String ask() {
    try {
      boolean allowed = api.ask(Availability::review).getStatus().getAllowed();
      return allowed
          ? ""
          : "no permission to create Secrets in namespace " + KubernetesTokens.NAMESPACE;
    } catch (BackendUnavailableException away) {
      return away.getMessage();
    }
  }

  private static SelfSubjectAccessReview review(KubernetesClient client) {
    return client
        .adapt(NamespacedKubernetesClient.class)
        .withRequestConfig(SHORT_TIMEOUT)
        .call(c -> c.authorization().v1().selfSubjectAccessReview().create(REVIEW));
  }

  /** Logs only changes, because probes are frequent. */
  private void logChange(String before) {
    if (problem.isEmpty() && !before.isEmpty()) {
      LOG.info("ready again: the API server answers");
    } else if (before.isEmpty() && !problem.isEmpty()) {
      LOG.warnf("not ready: %s", problem);
    }
  }
}
