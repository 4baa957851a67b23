package io.podlab.token.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.kubernetes.FakeApiServer;
import io.podlab.token.kubernetes.FakeApiServer.Asked;
import io.podlab.token.kubernetes.FakeApiServer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAuthorizerTest {
  private static final Right LIST = new Right(Right.Verb.LIST, Optional.empty());
  private static final Right GET = new Right(Right.Verb.GET, Optional.of("bootstrap-token-abcdef"));

  private static final String ALICE =
      """
      {"authenticated": true, "audiences": ["api"], "user": {"username": "alice", "uid": "7",
       "groups": ["staff"], "extra": {"scopes": ["a", "b"]}}}
      """;

  private String review = ALICE;
  private String access = "{\"allowed\": true}";
  private FakeApiServer server;
  private long now = Long.MAX_VALUE - 5; // System.nanoTime() may overflow

  @BeforeEach
  void start() {
    server =
        new FakeApiServer(
            request ->
                request.line().endsWith("/tokenreviews")
                    ? reply("TokenReview", "authentication.k8s.io/v1", review)
                    : reply("SubjectAccessReview", "authorization.k8s.io/v1", access));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Reply reply(String kind, String version, String status) {
    return new Reply(
        201,
        "{\"kind\": \"%s\", \"apiVersion\": \"%s\", \"status\": %s}"
            .formatted(kind, version, status));
  }

  private ClusterAuthorizer authorizer(String... audiences) {
    return new ClusterAuthorizer(server.api(), List.of(audiences), () -> now);
  }

  private JsonNode spec(int request) throws Exception {
    return new ObjectMapper().readTree(server.asked().get(request).body()).path("spec");
  }

  @Test
  void asksForTheUserAndThePermission() throws Exception {
    // When
    Authorizer.Decision decision = authorizer().decide("secret.bearer", GET);

    // Then
    assertThat(decision).isEqualTo(new Authorizer.Allowed("alice"));
    assertThat(server.asked())
        .extracting(Asked::line)
        .containsExactly(
            "POST /apis/authentication.k8s.io/v1/tokenreviews",
            "POST /apis/authorization.k8s.io/v1/subjectaccessreviews");
    assertThat(spec(0).toString()).isEqualTo("{\"token\":\"secret.bearer\"}");
    assertThat(spec(1))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"user": "alice", "uid": "7", "groups": ["staff"],
                     "extra": {"scopes": ["a", "b"]},
                     "resourceAttributes": {"namespace": "kube-system", "verb": "get",
                       "resource": "secrets", "name": "bootstrap-token-abcdef"}}
                    """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"authenticated\": false}", "{}", "{\"error\": \"expired\"}"})
  void rejectsAnUnknownToken(String status) {
    // Given
    review = status;

    // When
    Authorizer.Decision decision = authorizer().decide("bearer", LIST);

    // Then
    assertThat(decision).isEqualTo(new Authorizer.Unauthenticated());
    assertThat(server.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"allowed\": false}", "{}", "{\"allowed\": true, \"denied\": true}"})
  void deniesWithoutThePermission(String status) {
    // Given
    access = status;

    // Then
    assertThat(authorizer().decide("bearer", LIST)).isEqualTo(new Authorizer.Denied("alice"));
  }

  @Test
  void acceptsATokenForOneOfItsAudiences() throws Exception {
    // When
    Authorizer.Decision decision = authorizer("api", "podlab").decide("bearer", LIST);

    // Then
    assertThat(decision).isEqualTo(new Authorizer.Allowed("alice"));
    assertThat(spec(0).path("audiences").toString()).isEqualTo("[\"api\",\"podlab\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"audiences\": [\"other\"],", ""})
  void rejectsATokenForAnotherAudienceOrWithoutAudiences(String audiences) {
    // Given
    review =
        "{\"authenticated\": true, %s \"user\": {\"username\": \"alice\"}}".formatted(audiences);

    // Then
    assertThat(authorizer("podlab").decide("bearer", LIST))
        .isEqualTo(new Authorizer.Unauthenticated());
  }

  @Test
  void cachesPermissionsToReadForTenSeconds() {
    // Given
    ClusterAuthorizer authorizer = authorizer();

    // When
    authorizer.decide("bearer", LIST);
    now += ClusterAuthorizer.PERMISSION_NANOS - 1;
    authorizer.decide("bearer", LIST);
    int before = server.asked().size();
    now += 1;
    authorizer.decide("bearer", LIST);

    // Then
    assertThat(before).isEqualTo(2);
    assertThat(server.asked()).hasSize(4);
  }

  @Test
  void cachesPerBearerTokenAndPermission() {
    // Given
    ClusterAuthorizer authorizer = authorizer();
    authorizer.decide("bearer", GET);
    access = "{\"allowed\": false}";

    // Then
    assertThat(authorizer.decide("bearer", GET)).isEqualTo(new Authorizer.Allowed("alice"));
    assertThat(authorizer.decide("other", GET)).isEqualTo(new Authorizer.Denied("alice"));
    assertThat(authorizer.decide("bearer", LIST)).isEqualTo(new Authorizer.Denied("alice"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Right.Verb.class,
      names = {"CREATE", "DELETE"})
  void doesNotCachePermissionsToChange(Right.Verb verb) {
    // Given
    ClusterAuthorizer authorizer = authorizer();
    Right right = new Right(verb, Optional.empty());
    authorizer.decide("bearer", right);

    // When
    access = "{\"allowed\": false}";

    // Then
    assertThat(authorizer.decide("bearer", right)).isEqualTo(new Authorizer.Denied("alice"));
  }

  @Test
  void doesNotCacheDenials() {
    // Given
    ClusterAuthorizer authorizer = authorizer();
    access = "{\"allowed\": false}";
    authorizer.decide("bearer", LIST);

    // When
    access = "{\"allowed\": true}";

    // Then
    assertThat(authorizer.decide("bearer", LIST)).isEqualTo(new Authorizer.Allowed("alice"));
  }

  /** Invalid bearer tokens must not block all threads or flood the API server. */
  @Test
  @Timeout(30)
  void limitsConcurrentReviews() throws Exception {
    // Given
    server.hang();
    ClusterAuthorizer authorizer = authorizer();
    AtomicInteger refused = new AtomicInteger();
    ExecutorService callers = Executors.newCachedThreadPool();

    // When
    List<Future<?>> requests = new ArrayList<>();
    for (int i = 0; i < ClusterAuthorizer.MOST_AT_ONCE + 20; i++) {
      String bearer = "junk" + i;
      requests.add(
          callers.submit(
              () -> {
                try {
                  authorizer.decide(bearer, LIST);
                } catch (BackendUnavailableException away) {
                  if (away.getMessage().startsWith("too many ")) {
                    refused.incrementAndGet();
                  }
                }
              }));
    }
    for (Future<?> request : requests) {
      request.get();
    }
    callers.shutdown();

    // Then: later callers are checked again.
    assertThat(refused).hasValue(20);
    server.behave(request -> Reply.failure(500, "soon"));
    assertThatThrownBy(() -> authorizer.decide("junk", LIST)).hasMessageContaining("soon");
  }

  @Test
  void allowsNothingWhileTheApiServerIsUnavailable() {
    // Given
    server.stop();

    // Then
    assertThatThrownBy(() -> authorizer().decide("secret.bearer", LIST))
        .isInstanceOf(BackendUnavailableException.class)
        .message()
        .doesNotContain("secret.bearer");
  }
}
