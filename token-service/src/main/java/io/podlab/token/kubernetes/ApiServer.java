package io.podlab.token.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podlab.token.bootstrap.BackendUnavailableException;
import java.net.HttpURLConnection;
import java.util.function.Function;

/**
 * The API server. Whatever keeps it from answering is not the client's fault, and becomes a {@link
 * BackendUnavailableException} that says what it is; neither that exception nor its cause holds any
 * part of what was sent.
 */
public final class ApiServer {
  /** What fabric8 has for a status, or less, if there was no answer. */
  private static final int NO_ANSWER = 0;

  private final KubernetesClient client;

  public ApiServer(KubernetesClient client) {
    this.client = client;
  }

  /**
   * @param expected statuses that mean something to the caller, who gets them as they are
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

  /** The address that is asked. */
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
              "the API server does not answer (%s)".formatted(rootMessage(failure)), null);
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          new BackendUnavailableException(
              "the API server does not accept this service's own credentials", null);
      case HttpURLConnection.HTTP_FORBIDDEN ->
          new BackendUnavailableException("this service lacks a right that it needs" + said, null);
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
