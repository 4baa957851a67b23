package io.podlab.token;

import io.podlab.kit.testing.AnswersContract;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;

@QuarkusTest
@WithTestResource(TemporaryState.class)
class AnswersTest extends AnswersContract {
  @Override
  protected Map<String, String> parameters() {
    return Map.of("id", "abcdef");
  }
}
