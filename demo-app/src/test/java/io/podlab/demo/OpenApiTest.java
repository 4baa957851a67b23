package io.podlab.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiTest {
  private static final List<String> WITHOUT_BODY = List.of("get", "delete");

  @Test
  void takesNoBodyWhereThereIsNone() {
    paths()
        .forEach(
            (path, methods) ->
                WITHOUT_BODY.stream()
                    .filter(methods::containsKey)
                    .forEach(
                        method ->
                            assertThat(methods.get(method))
                                .as(method + " " + path)
                                .doesNotContainKeys("requestBody")));
  }

  @Test
  void describesEachParameter() {
    paths()
        .forEach(
            (path, methods) ->
                methods.forEach(
                    (method, operation) ->
                        assertThat(parameters(operation))
                            .as(method + " " + path)
                            .allSatisfy(
                                parameter ->
                                    assertThat(parameter).containsKeys("description", "name"))));
  }

  @Test
  void showsNothingFromInside() {
    assertThat(document().getMap("components.schemas").keySet().toString())
        .contains("Identity", "Problem")
        .doesNotContain("RoutingContext", "HttpServerRequest", "Session");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> parameters(Map<String, Object> operation) {
    return (List<Map<String, Object>>) operation.getOrDefault("parameters", List.of());
  }

  private static Map<String, Map<String, Map<String, Object>>> paths() {
    return document().getMap("paths");
  }

  private static JsonPath document() {
    return given().queryParam("format", "json").get("/q/openapi").jsonPath();
  }
}
