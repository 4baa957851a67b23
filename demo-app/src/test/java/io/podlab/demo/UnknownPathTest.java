package io.podlab.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class UnknownPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"/whoami/nobody", "/files/nothing", "/faults/none"})
  void doesNotListTheEndpointsWhereOnlyAPartIsUnknown(String path) {
    assertThat(given().accept("*/*").when().get(path).asString()).hasLineCount(1);
  }
}
