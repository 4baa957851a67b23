package io.podlab.token.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.TooManyTokensException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code lab_token_operations_total}: what was asked of the service, and what came of it. {@code
 * ok}; {@code refused}, which was the client's fault; {@code failed}, which was not. Replays of an
 * Idempotency-Key count as well.
 */
@Singleton
public final class Operations {
  /** What can be asked. */
  public enum Operation {
    CREATE,
    JOIN_COMMAND,
    GENERATE,
    LIST,
    GET,
    DELETE
  }

  private final Map<Operation, Counter> ok = new EnumMap<>(Operation.class);
  private final Map<Operation, Counter> refused = new EnumMap<>(Operation.class);
  private final Map<Operation, Counter> failed = new EnumMap<>(Operation.class);

  @Inject
  Operations(MeterRegistry meters) {
    for (Operation operation : Operation.values()) {
      ok.put(operation, counter(meters, operation, "ok"));
      refused.put(operation, counter(meters, operation, "refused"));
      failed.put(operation, counter(meters, operation, "failed"));
    }
  }

  private static Counter counter(MeterRegistry meters, Operation operation, String result) {
    return Counter.builder("lab.token.operations")
        .description("What was done to tokens")
        .tag("operation", operation.name().toLowerCase(Locale.ROOT))
        .tag("result", result)
        .register(meters);
  }

  /** Does it, and counts how it ended. */
  public <T> T count(Operation operation, Supplier<T> work) {
    try {
      T answer = work.get();
      ok.get(operation).increment();
      return answer;
    } catch (ProblemException | TooManyTokensException refusal) {
      refused.get(operation).increment();
      throw refusal;
    } catch (RuntimeException failure) {
      failed.get(operation).increment();
      throw failure;
    }
  }
}
