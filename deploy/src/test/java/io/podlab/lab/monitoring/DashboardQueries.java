package io.podlab.lab.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.monitoring.Dashboard.Query;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Sends the queries of the dashboards to Prometheus, as Grafana does. */
public final class DashboardQueries {
  private static final Duration STEP = Duration.ofSeconds(1);

  /** Panels whose value stays 0: no data is lost, and the stub API server has no endpoints. */
  private static final Set<String> ALWAYS_ZERO =
      Set.of(
          "board, panel 'Dropped moments' A",
          "board, panel 'Readiness and endpoints' A",
          "demo-app, panel 'Dropped log lines' A",
          "probe-target, panel 'Restarts' A");

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI prometheus;
  private final Duration rateInterval;

  /**
   * The selection at the top of a dashboard, as regular expressions that Grafana inserts into the
   * queries.
   */
  public record Selection(String namespace, String pod) {
    /** The default. */
    static final Selection ALL = new Selection(".*", ".*");

    /** Finds only targets without these labels. */
    static final Selection LAPTOP = new Selection("", "");

    /** Finds only targets with both labels. */
    static final Selection CLUSTER = new Selection(".+", ".+");
  }

  private DashboardQueries(URI prometheus, Duration rateInterval) {
    this.prometheus = prometheus;
    this.rateInterval = rateInterval;
  }

  /**
   * @param prometheus such as {@code http://127.0.0.1:9090}
   */
  static DashboardQueries ofScrapesEachSecond(URI prometheus) {
    return new DashboardQueries(prometheus, Duration.ofSeconds(10));
  }

  /** Grafana's rate interval is four scrapes. */
  public static DashboardQueries ofScrapesEach5Seconds(URI prometheus) {
    return new DashboardQueries(prometheus, Duration.ofSeconds(20));
  }

  /**
   * The queries for which Grafana would show no data, only zeros, or an error, in the time from
   * then until now.
   */
  List<String> withoutData(Selection selection, Instant from) throws Exception {
    List<String> empty = new ArrayList<>();
    for (Dashboard dashboard : Dashboard.all()) {
      empty.addAll(withoutData(dashboard, selection, from));
    }
    return empty;
  }

  /** As above, for one dashboard. */
  public List<String> withoutData(String dashboard, Selection selection, Instant from)
      throws Exception {
    return withoutData(Dashboard.named(dashboard), selection, from);
  }

  private List<String> withoutData(Dashboard dashboard, Selection selection, Instant from)
      throws Exception {
    List<String> empty = new ArrayList<>();
    for (Query query : dashboard.queries()) {
      String expression = withoutVariables(query.expression(), selection, from);
      if (!hasData(query, expression, from)) {
        empty.add(query.where() + ": " + expression);
      }
    }
    return empty;
  }

  private String withoutVariables(String query, Selection selection, Instant from) {
    return query
        .replace("$namespace", selection.namespace())
        .replace("$pod", selection.pod())
        .replace("$__rate_interval", rateInterval.toSeconds() + "s")
        .replace("$__range", Duration.between(from, Instant.now()).toSeconds() + "s");
  }

  private boolean hasData(Query query, String expression, Instant from)
      throws IOException, InterruptedException {
    String time =
        "&start=%d&end=%d".formatted(from.getEpochSecond(), Instant.now().getEpochSecond());
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    return switch (query.kind()) {
      case VARIABLE -> !ask("series?match[]=" + encoded + time).isEmpty();
      case PANEL ->
          hasValue(
              range(encoded, time),
              value -> !Double.isNaN(value) && (value != 0 || ALWAYS_ZERO.contains(query.where())));
      // Grafana draws a line where the value is greater than 0.
      case ANNOTATION -> hasValue(range(encoded, time), value -> value > 0);
    };
  }

  private JsonNode range(String encoded, String time) throws IOException, InterruptedException {
    return ask("query_range?query=" + encoded + time + "&step=" + STEP.toSeconds()).path("result");
  }

  private interface Check {
    boolean isMet(double value);
  }

  private static boolean hasValue(JsonNode series, Check check) {
    for (JsonNode one : series) {
      for (JsonNode sample : one.path("values")) {
        if (check.isMet(Double.parseDouble(sample.path(1).asText().replace("Inf", "Infinity")))) {
          return true;
        }
      }
    }
    return false;
  }

  private JsonNode ask(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(prometheus + "/api/v1/" + path.replace("[]", "%5B%5D")))
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.body());
    }
    return json.readTree(answer.body()).path("data");
  }
}
