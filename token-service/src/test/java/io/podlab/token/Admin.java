package io.podlab.token;

import io.podlab.kit.testing.PackagedService;
import io.podlab.token.state.StateConfig;
import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Sends the admin token of the file backend with every request, unless a test sets another
 * Authorization header or removes RestAssured's filters.
 */
public final class Admin implements QuarkusTestBeforeEachCallback {
  /** The Authorization header for the service with this state directory. */
  public static String bearer(Path directory) {
    try {
      return "Bearer " + Files.readString(directory.resolve("admin-token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Authorization header for the service that Quarkus runs for this test. */
  public static String bearer() {
    return bearer(
        ConfigProvider.getConfig()
            .unwrap(SmallRyeConfig.class)
            .getConfigMapping(StateConfig.class)
            .directory());
  }

  /** Starts the packaged service with this state directory; its requests use the admin token. */
  public static PackagedService start(Path directory) {
    return start(directory, Map.of());
  }

  /** Like {@link #start(Path)}, with more settings. */
  public static PackagedService start(Path directory, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("LAB_TOKEN_DIR", directory.toString());
    return PackagedService.start(environment).withHeader("Authorization", bearer(directory));
  }

  @Override
  public void beforeEach(QuarkusTestMethodContext context) {
    String bearer = bearer();
    RestAssured.replaceFiltersWith(
        (request, response, next) -> {
          if (!request.getHeaders().hasHeaderWithName("Authorization")) {
            request.header("Authorization", bearer);
          }
          return next.next(request, response);
        });
  }
}
