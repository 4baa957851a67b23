package io.podlab.token.kubeadm;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OperationMetricsTest {
  @Test
  void hasANameForEachOperationOfTheResource() {
    // When
    Set<String> operations =
        Arrays.stream(TokenResource.class.getDeclaredMethods())
            .filter(OperationMetricsTest::isAnOperation)
            .map(Method::getName)
            .collect(Collectors.toSet());

    // Then
    assertThat(OperationMetrics.OPERATIONS).containsOnlyKeys(operations);
  }

  private static boolean isAnOperation(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(one -> one.annotationType().isAnnotationPresent(HttpMethod.class));
  }
}
