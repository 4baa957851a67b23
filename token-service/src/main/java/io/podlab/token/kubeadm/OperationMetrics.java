package io.podlab.token.kubeadm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * The metric {@code lab_token_operations_total}. It counts authorized requests by result: {@code
 * ok}, {@code refused} (4xx) or {@code failed} (5xx). Replays of an Idempotency-Key count too.
 */
@Singleton
final class OperationMetrics {
  /** Operation names, keyed by the method name in {@link TokenResource}. */
  static final Map<String, String> OPERATIONS =
      Map.of(
          "create", "create",
          "createJoinCommand", "join_command",
          "generate", "generate",
          "list", "list",
          "token", "get",
          "joinCommand", "get_join_command",
          "discoveryFile", "discovery_file",
          "update", "update",
          "delete", "delete",
          "deleteByStatus", "delete_by_status");

  private final Instance<MeterRegistry> meters;

  /**
   * @param meters looked up lazily: Quarkus creates filters before the configuration is complete
   */
  @Inject
  OperationMetrics(Instance<MeterRegistry> meters) {
    this.meters = meters;
  }

  /** Registers every time series, so that the metric exists before the first request. */
  void register(@Observes StartupEvent started) {
    for (String operation : OPERATIONS.values()) {
      List.of("ok", "refused", "failed").forEach(result -> counter(operation, result));
    }
  }

  @ServerResponseFilter
  void count(
      ContainerRequestContext request, ContainerResponseContext response, ResourceInfo endpoint) {
    boolean asked =
        endpoint != null
            && endpoint.getResourceClass() == TokenResource.class
            && request.getSecurityContext().getUserPrincipal() != null;
    if (asked) {
      String operation = OPERATIONS.get(endpoint.getResourceMethod().getName());
      counter(operation, result(response.getStatus())).increment();
    }
  }

  private static String result(int status) {
    return status >= 500 ? "failed" : status >= 400 ? "refused" : "ok";
  }

  private Counter counter(String operation, String result) {
    return Counter.builder("lab.token.operations")
        .description("Number of authorized operations on tokens, by result")
        .tag("operation", operation)
        .tag("result", result)
        .register(meters.get());
  }
}
