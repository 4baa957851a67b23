package io.podlab.lab.project;

import java.util.Map;
import java.util.Optional;

/**
 * A port of a service in addition to its HTTP port.
 *
 * @param name the protocol, for example {@code grpc}
 * @param number the default port number
 * @param variable the setting that changes the number; 0 selects any free port
 */
public record Port(String name, int number, String variable) {
  private static final int HIGHEST = 65535;

  /**
   * The port with the number from the environment. Empty if the setting is 0, or if it is invalid:
   * the service reports that itself.
   */
  public Optional<Port> in(Map<String, String> environment) {
    String set = environment.getOrDefault(variable, "");
    if (set.isEmpty()) {
      return Optional.of(this);
    }
    int chosen = set.matches("[0-9]{1,5}") ? Integer.parseInt(set) : 0;
    return chosen > 0 && chosen <= HIGHEST
        ? Optional.of(new Port(name, chosen, variable))
        : Optional.empty();
  }
}
