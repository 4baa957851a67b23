package io.podlab.demo.echo;

import io.podlab.demo.terminal.Printable;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps the headers as they came, for those paths that tell them: {@code http.RequestHeaders} makes
 * of {@code Accept} what the resources understand.
 */
final class ArrivedHeaders {
  /** Before http.RequestHeaders. */
  private static final int FIRST = 1300;

  private static final Set<String> PATHS = Set.of("/echo", "/headers");
  private static final String KEY = ArrivedHeaders.class.getName();

  void register(@Observes Filters filters) {
    filters.register(ArrivedHeaders::keep, FIRST);
  }

  private static void keep(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (PATHS.contains(request.path())) {
      context.put(KEY, MultiMap.caseInsensitiveMultiMap().addAll(request.headers()));
    }
    context.next();
  }

  /** Names as they were written, in their order; a name that came twice has two values. */
  static Map<String, List<String>> of(RoutingContext context) {
    MultiMap kept = context.get(KEY);
    MultiMap headers = kept == null ? context.request().headers() : kept;
    Map<String, List<String>> values = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> values.computeIfAbsent(name, first -> new ArrayList<>()).add(value));
    return values;
  }

  /** A line a value: {@code Host: demo.example.org}. */
  static String plainText(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .flatMap(
            header ->
                header.getValue().stream()
                    .map(value -> Printable.line(header.getKey() + ": " + value) + "\n"))
        .collect(Collectors.joining());
  }
}
