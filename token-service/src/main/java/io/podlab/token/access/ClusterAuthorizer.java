package io.podlab.token.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.kubernetes.ApiServer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Asks the API server who the caller is (TokenReview), and whether that user has the permission
 * that the request needs (SubjectAccessReview).
 */
public final class ClusterAuthorizer implements Authorizer {
  /**
   * The number of concurrent reviews. Anyone can send bearer tokens, so a slow API server could
   * block every worker thread; the limit leaves threads for health, metrics and open endpoints.
   */
  static final int MOST_AT_ONCE = 32;

  /** The lifetime of a cached permission to read. Permissions to change are not cached. */
  static final long PERMISSION_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long PATIENCE_MILLIS = 100;
  private static final int MOST_PERMISSIONS = 1_000;

  /**
   * @param asked the time of the request to the API server, in nanoseconds; the answer is not newer
   */
  private record Permission(String user, long asked) {}

  private final ApiServer api;
  private final List<String> audiences;
  private final LongSupplier nanos;
  private final KeyedHash digest = new KeyedHash(new SecureRandom());

  /** Keyed by bearer token and permission, so that a polling client causes few reviews. */
  private final Cache<ByteBuffer, Permission> reads =
      Caffeine.newBuilder().maximumSize(MOST_PERMISSIONS).build();

  private final Semaphore questions = new Semaphore(MOST_AT_ONCE);

  public ClusterAuthorizer(ApiServer api, List<String> audiences) {
    this(api, audiences, System::nanoTime);
  }

  ClusterAuthorizer(ApiServer api, List<String> audiences, LongSupplier nanos) {
    this.api = api;
    this.audiences = List.copyOf(audiences);
    this.nanos = nanos;
  }

  @Override
  public Decision decide(String bearer, Right right) {
    ByteBuffer key = ByteBuffer.wrap(digest.of(right + " " + bearer));
    Permission known = reads.getIfPresent(key);
    if (known != null && nanos.getAsLong() - known.asked() < PERMISSION_NANOS) {
      return new Allowed(known.user());
    }
    take();
    try {
      long asked = nanos.getAsLong();
      Decision decision = ask(bearer, right);
      if (decision instanceof Allowed allowed && right.verb().reads()) {
        reads.put(key, new Permission(allowed.user(), asked));
      }
      return decision;
    } finally {
      questions.release();
    }
  }

  private void take() {
    try {
      if (questions.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    throw new BackendUnavailableException(
        "too many concurrent permission checks (at most %d); try again later"
            .formatted(MOST_AT_ONCE),
        null);
  }

  private Decision ask(String bearer, Right right) {
    Optional<UserInfo> user = user(bearer);
    if (user.isEmpty()) {
      return new Unauthenticated();
    }
    String name = user.get().getUsername();
    if (!may(user.get(), right)) {
      return new Denied(name);
    }
    return new Allowed(name);
  }

  private Optional<UserInfo> user(String bearer) {
    TokenReview review =
        new TokenReviewBuilder()
            .withNewSpec()
            .withToken(bearer)
            .withAudiences(audiences)
            .endSpec()
            .build();
    TokenReviewStatus status =
        api.ask(client -> client.authentication().v1().tokenReviews().create(review)).getStatus();
    boolean known = status != null && Boolean.TRUE.equals(status.getAuthenticated());
    // An authenticator without support for audiences returns none.
    boolean forUs =
        audiences.isEmpty()
            || known
                && status.getAudiences() != null
                && !Collections.disjoint(status.getAudiences(), audiences);
    return known && forUs ? Optional.of(status.getUser()) : Optional.empty();
  }

  private boolean may(UserInfo user, Right right) {
    SubjectAccessReview review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(user.getUsername())
            .withUid(user.getUid())
            .withGroups(user.getGroups())
            .withExtra(user.getExtra())
            .withNewResourceAttributes()
            .withNamespace(Right.NAMESPACE)
            .withVerb(right.verb().word())
            .withResource("secrets")
            .withName(right.name().orElse(null))
            .endResourceAttributes()
            .endSpec()
            .build();
    SubjectAccessReview answer =
        api.ask(client -> client.authorization().v1().subjectAccessReview().create(review));
    return answer.getStatus() != null
        && Boolean.TRUE.equals(answer.getStatus().getAllowed())
        && !Boolean.TRUE.equals(answer.getStatus().getDenied());
  }

  @Override
  public String hint() {
    return "a token of the cluster, for example from `kubectl create token SERVICE_ACCOUNT`";
  }
}
