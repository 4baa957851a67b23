package io.podlab.lab.local;

import java.util.List;
import java.util.Optional;

/**
 * What is, or was, up.
 *
 * @param stopping {@code lab down} is at work: that the services end is no accident
 */
record Run(boolean stopping, List<Started> services) {
  Run {
    services = services == null ? List.of() : List.copyOf(services);
  }

  static Run none() {
    return new Run(false, List.of());
  }

  Run nowStopping() {
    return new Run(true, services);
  }

  List<Started> alive() {
    return services.stream().filter(Started::isAlive).toList();
  }

  Optional<Started> named(String title) {
    return services.stream().filter(service -> service.title().equals(title)).findFirst();
  }
}
