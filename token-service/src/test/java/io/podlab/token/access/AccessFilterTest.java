package io.podlab.token.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.token.access.Right.Verb;
import io.podlab.token.kubeadm.TokenResource;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessFilterTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer abc.d-e_f~+/==", "bearer abc.d-e_f~+/==", "BEARER   abc.d-e_f~+/=="})
  void findsTheBearerToken(String header) {
    assertThat(AccessFilter.bearer(List.of(header))).contains("abc.d-e_f~+/==");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearera",
        "Basic YWRtaW46YWRtaW4=",
        "abc",
        "Bearer a b",
        "Bearer a=b",
        "Bearer ä",
        "Bearer \"a\"",
        "Bearer a,b"
      })
  void ignoresOtherHeaders(String header) {
    assertThat(AccessFilter.bearer(List.of(header))).isEmpty();
  }

  /** An implementation with these methods; null for the others. */
  private static <T> T stub(Class<?> type, Map<String, Object> results) {
    @SuppressWarnings("unchecked")
    T stub =
        (T)
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, arguments) -> results.get(called.getName()));
    return stub;
  }

  @ParameterizedTest(name = "{0}: {3}, but not {4}")
  @CsvSource({
    "PATCH, update, abcdef, GET, PATCH, cannot patch secrets \"bootstrap-token-abcdef\"",
    "PATCH, update, abcdef, PATCH, GET, cannot get secrets \"bootstrap-token-abcdef\"",
    "DELETE, deleteByStatus, , LIST, DELETE, cannot delete secrets in the namespace",
    "DELETE, deleteByStatus, , DELETE, LIST, cannot list secrets in the namespace",
  })
  void checksEveryRightOfARequest(
      String method, String endpoint, String id, Verb allowed, Verb denied, String why) {
    // Given
    Authorizer authorizer =
        new Authorizer() {
          @Override
          public Decision decide(String bearer, Right right) {
            return right.verb() == allowed ? new Allowed("alice") : new Denied("alice");
          }

          @Override
          public String hint() {
            return "a token";
          }
        };
    AccessFilter filter =
        new AccessFilter(
            stub(Instance.class, Map.of("get", authorizer)),
            stub(Instance.class, Map.of("get", new SimpleMeterRegistry())));
    Method called =
        Arrays.stream(TokenResource.class.getMethods())
            .filter(each -> each.getName().equals(endpoint))
            .findFirst()
            .orElseThrow();
    MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
    if (id != null) {
      parameters.add("id", id);
    }

    // When
    Response refusal =
        filter
            .check(
                stub(ContainerRequestContext.class, Map.of("getMethod", method)),
                stub(
                    ResourceInfo.class,
                    Map.of("getResourceClass", TokenResource.class, "getResourceMethod", called)),
                stub(UriInfo.class, Map.of("getPathParameters", parameters)),
                stub(HttpHeaders.class, Map.of("getRequestHeader", List.of("Bearer abc"))))
            .orElseThrow();

    // Then
    assertThat(refusal.getStatus()).isEqualTo(403);
    assertThat(refusal.getEntity()).asString().contains(why);
  }

  @Test
  void ignoresTwoHeaders() {
    assertThat(AccessFilter.bearer(List.of("Bearer a", "Bearer a"))).isEmpty();
  }

  @Test
  void ignoresATooLongHeader() {
    // Given
    String longest = "Bearer " + "a".repeat(AccessFilter.LONGEST_HEADER - "Bearer ".length());

    // Then
    assertThat(AccessFilter.bearer(List.of(longest))).isPresent();
    assertThat(AccessFilter.bearer(List.of(longest + "a"))).isEmpty();
  }
}
