package io.podlab.demo;

import io.podlab.kit.testing.AnswersContract;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Set;

@QuarkusTest
class AnswersTest extends AnswersContract {
  @Override
  protected Map<String, String> parameters() {
    return Map.of(
        "code", "503",
        "duration", "1ms",
        "field", "podName",
        "n", "1",
        "name", "anything",
        "path", "a/b");
  }

  @Override
  protected Set<String> withoutChoice() {
    return Set.of("/healthz", "/readyz", "/hooks/post-start", "/hooks/pre-stop", "/status/503");
  }

  @Override
  protected Set<String> withEffects() {
    return Set.of("/hooks/post-start", "/hooks/pre-stop");
  }
}
