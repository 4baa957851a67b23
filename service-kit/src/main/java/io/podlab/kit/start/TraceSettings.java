package io.podlab.kit.start;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Maps the standard variables {@code OTEL_…} to the settings {@code quarkus.otel.…}, because
 * Quarkus does not read them. Only for services that are built with traces.
 */
final class TraceSettings {
  private static final String PREFIX = "OTEL_";

  /** The standard has milliseconds here. Quarkus takes a number without a unit for seconds. */
  private static final Pattern MILLISECONDS = Pattern.compile(".*_(DELAY|TIMEOUT|INTERVAL)");

  private TraceSettings() {}

  static void apply() {
    if (TraceSettings.class.getResource("/io/opentelemetry/sdk/OpenTelemetrySdk.class") != null) {
      of(System.getenv()).forEach(System.getProperties()::putIfAbsent);
    }
  }

  /** An empty variable counts as unset, as the standard says. */
  static Map<String, String> of(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(one -> one.getKey().startsWith(PREFIX) && !one.getValue().isBlank())
        .collect(
            Collectors.toMap(
                one -> "quarkus." + one.getKey().toLowerCase(Locale.ROOT).replace('_', '.'),
                one -> value(one.getKey(), one.getValue())));
  }

  private static String value(String name, String value) {
    return MILLISECONDS.matcher(name).matches() && value.matches("\\d+") ? value + "ms" : value;
  }
}
