package io.podlab.demo.prefix;

import io.podlab.kit.http.Endpoint;
import io.podlab.kit.http.Endpoints;
import io.podlab.kit.http.PathPrefix;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Stream;

/** Refuses a prefix that hides an endpoint: {@code /healthz} would answer like {@code /}. */
final class Prefix {
  private static final Set<String> QUARKUS = Set.of("/metrics", "/q");

  private Prefix() {}

  @Produces
  @Singleton
  static PathPrefix prefix(PrefixConfig config, Endpoints endpoints) {
    // The list of endpoints is read only if there is a prefix, because it delays the start.
    return config
        .prefix()
        .map(prefix -> checked(prefix, endpoints.all().stream().map(Endpoint::path)))
        .orElse(PathPrefix.NONE);
  }

  static PathPrefix checked(PathPrefix prefix, Stream<String> paths) {
    String first = "/" + prefix.path().split("/", 3)[1];
    if (Stream.concat(QUARKUS.stream(), paths)
        .anyMatch(path -> path.equals(first) || path.startsWith(first + "/"))) {
      throw new ConfigurationException(
          "LAB_DEMO_PREFIX is invalid: '%s' hides the endpoints at %s; use another prefix such as /demo"
              .formatted(prefix.path(), first));
    }
    return prefix;
  }
}
