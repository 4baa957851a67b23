package io.podlab.demo.reload;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GenerationTest {
  @Inject Generation generation;
  @Inject Reader reader;

  @Singleton
  static class Reader {
    private final List<Long> generations = new CopyOnWriteArrayList<>();

    void read(@Observes Reload reload) {
      generations.add(reload.generation());
      if (reload.generation() % 2 == 1) {
        throw new IllegalStateException("what is there now cannot be read");
      }
    }
  }

  @Test
  void risesWithEachReloadEvenIfOneFails() {
    // Given
    long before = generation.current();

    // When
    generation.reload();
    generation.reload();

    // Then
    assertThat(generation.current()).isEqualTo(before + 2);
    assertThat(reader.generations).endsWith(before + 1, before + 2);
    when().get("/lifecycle").then().body(containsString("generation " + (before + 2) + "\n"));
  }
}
