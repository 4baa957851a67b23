package io.podlab.probe.answer;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The liveness, readiness and startup probe. */
@Singleton
public class Probes {
  private final Map<ProbeType, Probe> byType = new EnumMap<>(ProbeType.class);

  @Inject
  public Probes(ProbeConfig config, Uptime uptime) {
    for (ProbeType type : ProbeType.values()) {
      byType.put(
          type,
          new Probe(
              type,
              switch (type) {
                case LIVENESS -> config.liveness();
                case READINESS -> config.readiness();
                case STARTUP -> config.startup();
              },
              uptime));
    }
  }

  public Probe get(ProbeType type) {
    return byType.get(type);
  }

  public Collection<Probe> all() {
    return byType.values();
  }
}
