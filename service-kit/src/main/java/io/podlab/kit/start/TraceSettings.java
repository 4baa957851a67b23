package io.podlab.kit.start;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Maps the standard variables {@code OTEL_…} to the settings {@code quarkus.otel.…}, because
 * Quarkus does not read them. Only for services that are built with traces.
 */
final class TraceSettings {
  private static final String PREFIX = "OTEL_";

  private TraceSettings() {}

  static void apply() {
    if (TraceSettings.class.getResource("/io/opentelemetry/sdk/OpenTelemetrySdk.class") != null) {
      of(System.getenv()).forEach(System.getProperties()::putIfAbsent);
    }
  }

  static Map<String, String> of(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(one -> one.getKey().startsWith(PREFIX))
        .collect(
            Collectors.toMap(
                one -> "quarkus." + one.getKey().toLowerCase(Locale.ROOT).replace('_', '.'),
                Map.Entry::getValue));
  }
}
