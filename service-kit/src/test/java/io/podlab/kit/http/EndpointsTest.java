package io.podlab.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {
  private static final String DOCUMENT =
      """
      {"paths": {
        "/": {"get": {"operationId": "a", "summary": "The root"}},
        "/files/{path}": {"get": {"operationId": "b", "parameters": [
          {"name": "path", "in": "path", "schema": {"type": "string", "pattern": ".+"}},
          {"name": "x", "in": "query", "schema": {"type": "string", "pattern": "y"}}]}},
        "/faults/{name}": {"delete": {"operationId": "c"}, "parameters": []},
        "/faults/hang": {"post": {"operationId": "d"}},
        "/config/{key}": {"get": {"operationId": "e", "parameters": [
          {"name": "key", "in": "path", "schema": {"pattern": "(?!check/?$)[^/]+"}}]}},
        "/config/check": {"post": {"operationId": "f"}}
      }}
      """;

  @ParameterizedTest
  @CsvSource({
    "/, 'GET, HEAD, OPTIONS'",
    "/files/a, 'GET, HEAD, OPTIONS'",
    "/files/a/b.txt, 'GET, HEAD, OPTIONS'",
    "/faults/any, 'DELETE, OPTIONS'",
    "/faults/hang, 'DELETE, OPTIONS, POST'",
    "/config/color, 'GET, HEAD, OPTIONS'",
    "/config/check, 'OPTIONS, POST'",
    "/metrics, 'GET, HEAD, OPTIONS'",
    "/q/health/group, 'GET, HEAD, OPTIONS'",
    "/q/health/group/any, ",
    "/files, ",
    "/faults/a/b, ",
    "/faultsXhang, ",
    "/q/health/other, ",
    "/nowhere, ",
  })
  void listsTheMethodsOfAPath(String path, String allow) throws JsonProcessingException {
    assertThat(
            Endpoints.methods(new JsonMapper().readTree(DOCUMENT))
                .all(path)
                .reduce(Methods::union)
                .map(Methods::allow))
        .isEqualTo(Optional.ofNullable(allow));
  }

  @Test
  void listsTheMethodsInA405() throws JsonProcessingException {
    // Given
    Methods methods =
        Endpoints.methods(new JsonMapper().readTree(DOCUMENT))
            .all("/config/check")
            .findFirst()
            .orElseThrow();

    // Then
    assertThat(methods.notAllowed().plainText())
        .isEqualTo(
            "405 Method Not Allowed: this path does not accept this method;"
                + " use OPTIONS, POST\n");
  }
}
