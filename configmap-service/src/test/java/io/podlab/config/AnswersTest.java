package io.podlab.config;

import io.podlab.kit.testing.AnswersContract;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Set;

@QuarkusTest
@WithTestResource(MountedDirectory.class)
class AnswersTest extends AnswersContract {
  @Override
  protected Map<String, String> parameters() {
    return Map.of("key", "greeting", "revision", "0123456789abcdef");
  }

  @Override
  protected Set<String> withoutChoice() {
    return Set.of("/-/reload");
  }
}
