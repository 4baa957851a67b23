package io.podlab.lab.project;

import java.util.Map;
import java.util.Optional;

/**
 * A port of a service beside its HTTP one, the same on every machine.
 *
 * @param name what speaks there, for example {@code grpc}
 * @param number what the service listens on unless it is told otherwise
 * @param variable the setting that tells it; 0 for any that is free
 */
public record Port(String name, int number, String variable) {
  private static final int HIGHEST = 65535;

  /**
   * This port as a person has set it; empty if it is any that is free, or if what is set makes no
   * sense, which is for the service to say.
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
