package io.podlab.token.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podlab.token.bootstrap.BackendUnavailableException;
import java.net.HttpURLConnection;
import java.util.function.Function;

/**
 * The API server. A failed request becomes a {@link BackendUnavailableException} with the reason,
 * because the client of this service did not cause it. The exception and its cause contain no part
 * of the request.
 */
public final class ApiServer {
  /** The status of fabric8 without a response; it may also be negative. */
  private static final int NO_ANSWER = 0;

  private final KubernetesClient client;

  public ApiServer(KubernetesClient client) {
    this.client = client;
  }

  /**
   * @param expected status codes for which the caller gets the original exception
   */
  public <T> T ask(Function<KubernetesClient, T> question, int... expected) {
    try {
      return question.apply(client);
    } catch (KubernetesClientException failure) {
      for (int status : expected) {
        if (failure.getCode() == status) {
          throw failure;
        }
      }
      throw unavailable(failure);
    }
  }

  public String url() {
    return client.getMasterUrl().toString();
  }

  private BackendUnavailableException unavailable(KubernetesClientException failure) {
    String said =
        failure.getStatus() == null || failure.getStatus().getMessage() == null
            ? ""
            : ": " + failure.getStatus().getMessage();
    return switch (Math.max(NO_ANSWER, failure.getCode())) {
      case NO_ANSWER ->
          new BackendUnavailableException(
              "cannot reach the API server at %s (%s)".formatted(url(), rootMessage(failure)),
              null);
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          new BackendUnavailableException(
              "the API server rejects the credentials (401); they may have expired", null);
      case HttpURLConnection.HTTP_FORBIDDEN ->
          new BackendUnavailableException("this service has no permission" + said, null);
      default ->
          new BackendUnavailableException(
              "the API server answered %d".formatted(failure.getCode()) + said, null);
    };
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
