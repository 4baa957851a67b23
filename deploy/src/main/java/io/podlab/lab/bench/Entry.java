package io.podlab.lab.bench;

import io.podlab.lab.Failure;
import io.podlab.lab.project.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Something that can be measured.
 *
 * @param name what it is called on the command line
 * @param service the service that is started
 * @param path what is asked of it, and of its peer
 * @param peer what it is compared with where that is on the PATH
 */
record Entry(String name, Service service, String path, Optional<Peer> peer) {
  /** A program that answers the same path, on a port of its own choosing. */
  record Peer(List<String> words, int port) {
    Peer {
      words = List.copyOf(words);
    }
  }

  /** All there are. A later one is added here. */
  static List<Entry> all() {
    return Arrays.stream(Service.values())
        .map(
            service ->
                new Entry(service.title(), service, service.essentialPath(), peerOf(service)))
        .toList();
  }

  private static Optional<Peer> peerOf(Service service) {
    return switch (service) {
      case DEMO_APP ->
          Optional.of(new Peer(List.of("agnhost", "netexec", "--http-port=8080"), 8080));
      case PROBE_TARGET -> Optional.of(new Peer(List.of("agnhost", "liveness"), 8080));
      case TOKEN_SERVICE, CONFIGMAP_SERVICE -> Optional.empty();
    };
  }

  /**
   * @throws Failure (usage) naming all there are
   */
  static Entry named(String name) {
    return all().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Failure.usage("nothing called '" + name + "' to measure: there are " + names()));
  }

  private static String names() {
    return all().stream().map(Entry::name).collect(Collectors.joining(", "))
        + ", "
        + BenchCommand.TOKENS
        + " and "
        + ReloadBench.NAME;
  }
}
