package io.podlab.lab.local;

import java.util.List;
import java.util.Optional;

/**
 * The processes of the latest {@code lab up}.
 *
 * @param stopping whether {@code lab down} is running, so that ended services are no error
 */
record Run(boolean stopping, List<StartedProcess> services) {
  Run {
    services = services == null ? List.of() : List.copyOf(services);
  }

  static Run none() {
    return new Run(false, List.of());
  }

  Run nowStopping() {
    return new Run(true, services);
  }

  List<StartedProcess> alive() {
    return services.stream().filter(StartedProcess::isAlive).toList();
  }

  Optional<StartedProcess> named(String title) {
    return services.stream().filter(service -> service.title().equals(title)).findFirst();
  }
}
