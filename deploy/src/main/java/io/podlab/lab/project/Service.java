package io.podlab.lab.project;

import io.podlab.lab.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services, in the order in which they are built, started and listed. */
public enum Service {
  DEMO_APP("demo-app", 8080, "/"),
  PROBE_TARGET(
      "probe-target",
      8081,
      "/healthz",
      new Port("grpc", 9090, "LAB_PROBE_LISTEN_GRPC"),
      new Port("tcp", 7070, "LAB_PROBE_LISTEN_TCP")),
  TOKEN_SERVICE("token-service", 8082, "/ca/hash"),
  CONFIGMAP_SERVICE("configmap-service", 8083, "/config"),
  BOARD("board", 8084, "/");

  private static final int FIRST_HTTPS_PORT = 8443;
  private static final int HIGHEST_PORT = 65535;
  private static final Port GRPC_TLS = new Port("grpc-tls", 9443, "LAB_PROBE_LISTEN_GRPC_TLS");

  private final String title;
  private final int localPort;
  private final String essentialPath;
  private final List<Port> otherPorts;

  Service(String title, int localPort, String essentialPath, Port... otherPorts) {
    this.title = title;
    this.localPort = localPort;
    this.essentialPath = essentialPath;
    this.otherPorts = List.of(otherPorts);
  }

  /** The name of the folder, Maven module, image, Deployment and Service object. */
  public String title() {
    return title;
  }

  /** The HTTP port on 127.0.0.1 without a cluster. In an image the port is always 8080. */
  public int localPort() {
    return localPort;
  }

  /** The path for a first curl. */
  public String essentialPath() {
    return essentialPath;
  }

  /**
   * The HTTPS port on 127.0.0.1 without a cluster, if the settings turn TLS on. {@code
   * LAB_TLS_PORT} is that of the first service, and the others have the next ones.
   *
   * @throws Failure (usage) if there are not enough ports from there
   */
  public Optional<Port> httpsPort(Map<String, String> environment) {
    if (!hasTls(environment)) {
      return Optional.empty();
    }
    return new Port("https", FIRST_HTTPS_PORT, "LAB_TLS_PORT")
        .in(environment)
        .map(first -> new Port(first.name(), numberFrom(first.number()), first.variable()));
  }

  private static boolean hasTls(Map<String, String> environment) {
    return environment.containsKey("LAB_TLS") || environment.containsKey("LAB_TLS_CERTIFICATE");
  }

  private int numberFrom(int first) {
    int highest = HIGHEST_PORT - values().length + 1;
    if (first > highest) {
      throw Failure.usage(
          "LAB_TLS_PORT is invalid: '%d' is too high; use at most %d, because lab up uses %d ports from there"
              .formatted(first, highest, values().length));
    }
    return first + ordinal();
  }

  /** The ports in addition to those for HTTP and HTTPS, with these settings. */
  public List<Port> otherPorts(Map<String, String> environment) {
    Stream<Port> withTls =
        this == PROBE_TARGET && hasTls(environment) ? Stream.of(GRPC_TLS) : Stream.empty();
    return Stream.concat(otherPorts.stream(), withTls)
        .flatMap(port -> port.in(environment).stream())
        .toList();
  }

  /** The ports in addition to the HTTP port, with the default settings. */
  public List<Port> otherPorts() {
    return otherPorts;
  }

  /**
   * The service with this name.
   *
   * @throws Failure (usage) with the names of all services
   */
  public static Service named(String title) {
    return Arrays.stream(values())
        .filter(service -> service.title.equals(title))
        .findFirst()
        .orElseThrow(() -> Failure.usage("no service named '" + title + "'; use " + titles()));
  }

  public static String titles() {
    return Arrays.stream(values()).map(Service::title).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return title;
  }
}
