package io.podlab.demo.echo;

import io.podlab.kit.http.OriginalRequest;
import io.podlab.kit.http.Refusal;
import io.podlab.kit.text.Printable;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the headers of a request as the client sent them. */
final class RequestHeaders {
  private RequestHeaders() {}

  /** Names keep their spelling and order. A name that occurs twice has two values. */
  static Map<String, List<String>> of(RoutingContext context) {
    MultiMap headers = OriginalRequest.headers(context);
    Map<String, List<String>> values = new LinkedHashMap<>();
    HttpServerRequest request = context.request();
    if (Refusal.isStream(request) && !headers.contains(HttpHeaders.HOST)) {
      // The form of the Host header in HTTP/2
      values.put(":authority", new ArrayList<>(List.of(request.authority().toString())));
    }
    headers.forEach(
        (name, value) ->
            values
                .computeIfAbsent(name, first -> new ArrayList<>())
                .add(OriginalRequest.text(value)));
    return values;
  }

  /** One line per value: {@code Host: demo.example.org}. */
  static String plainText(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .flatMap(
            header ->
                header.getValue().stream()
                    .map(value -> Printable.line(header.getKey() + ": " + value) + "\n"))
        .collect(Collectors.joining());
  }
}
