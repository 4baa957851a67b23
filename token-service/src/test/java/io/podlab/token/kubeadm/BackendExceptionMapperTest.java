package io.podlab.token.kubeadm;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.token.bootstrap.TooManyTokensException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackendExceptionMapperTest {
  private static final HttpHeaders NONE =
      (HttpHeaders)
          Proxy.newProxyInstance(
              BackendExceptionMapperTest.class.getClassLoader(),
              new Class<?>[] {HttpHeaders.class},
              (proxy, method, arguments) -> null);

  @Test
  void roundsRetryAfterUp() {
    // Given
    Optional<Duration> wait = Optional.of(Duration.ofMinutes(9).plusMillis(1));

    // When
    Response answer =
        new BackendExceptionMapper().map(new TooManyTokensException("too many", wait), NONE);

    // Then
    assertThat(answer.getStatus()).isEqualTo(429);
    assertThat(answer.getHeaderString(HttpHeaders.RETRY_AFTER)).isEqualTo("541");
  }

  @Test
  void omitsRetryAfterIfUnknown() {
    // When
    Response answer =
        new BackendExceptionMapper()
            .map(new TooManyTokensException("too many", Optional.empty()), NONE);

    // Then
    assertThat(answer.getHeaderString(HttpHeaders.RETRY_AFTER)).isNull();
  }
}
