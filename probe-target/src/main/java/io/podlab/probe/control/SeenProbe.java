package io.podlab.probe.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.kit.text.Printable;
import io.podlab.probe.answer.ProbeRequest;
import io.podlab.probe.answer.Uptime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One request in the history of a probe. */
@Schema(name = "SeenProbe")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SeenProbe(
    @Schema(description = "Number of the request, from 1") long number,
    @Schema(description = "Time of arrival") Instant at,
    @Schema(description = "http, grpc or tcp") String mechanism,
    @Schema(description = "Address of the client") String from,
    @Schema(description = "Absent if the client sent none") String userAgent,
    @Schema(description = "Headers, without those that every client sends")
        Map<String, String> headers,
    @Schema(description = "ok, fail, hang or drop") String answer,
    @Schema(
            description =
                "Seconds since the previous request by the same mechanism; absent for the first")
        Double interval,
    @Schema(
            description =
                "Seconds until the client disconnected without a response; absent if it did not")
        Double patience) {
  static final List<String> COLUMNS =
      List.of("PROBE", "WHEN", "BY", "FROM", "ANSWER", "INTERVAL", "USER-AGENT", "HEADERS");

  private static final String NONE = "-";
  private static final String USER_AGENT = "user-agent";
  private static final int LONGEST_CELL = 100;

  /** Headers that every client or protocol sends. */
  private static final Set<String> USUAL =
      Set.of(
          "host",
          "connection",
          "accept",
          "accept-encoding",
          USER_AGENT,
          "te",
          "content-type",
          "content-length",
          "grpc-accept-encoding",
          "grpc-timeout");

  /** Headers with secrets. The history hides their values, because anyone can read it. */
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie");

  static SeenProbe of(ProbeRequest request, Uptime uptime) {
    String userAgent = null;
    Map<String, String> headers = new TreeMap<>();
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.equals(USER_AGENT)) {
        userAgent = header.getValue();
      } else if (!USUAL.contains(name) && !name.startsWith(":")) {
        headers.merge(
            header.getKey(),
            SECRET.contains(name) ? "(hidden)" : header.getValue(),
            (one, other) -> one + ", " + other);
      }
    }
    return new SeenProbe(
        request.number(),
        uptime.instant(request.at()),
        request.mechanism().label(),
        request.from().hostAddress(),
        userAgent,
        headers,
        request.answer().label(),
        seconds(request.interval()),
        seconds(request.patience()));
  }

  private static Double seconds(OptionalLong nanos) {
    return nanos.isPresent() ? HumanDuration.seconds(nanos.getAsLong()) : null;
  }

  List<String> row() {
    return List.of(
        Long.toString(number),
        at.truncatedTo(ChronoUnit.MILLIS).toString(),
        mechanism,
        from,
        patience == null
            ? answer
            : String.format(Locale.ROOT, "%s, disconnected after %.3fs", answer, patience),
        interval == null ? NONE : String.format(Locale.ROOT, "%.3fs", interval),
        userAgent == null ? NONE : Printable.line(userAgent, LONGEST_CELL),
        headers.isEmpty()
            ? NONE
            : Printable.line(
                String.join(
                    "; ",
                    headers.entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue())
                        .toList()),
                LONGEST_CELL));
  }
}
