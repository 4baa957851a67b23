package io.podlab.lab.project;

import io.podlab.lab.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
   */
  public Optional<Port> httpsPort(Map<String, String> environment) {
    if (!environment.containsKey("LAB_TLS") && !environment.containsKey("LAB_TLS_CERTIFICATE")) {
      return Optional.empty();
    }
    return new Port("https", FIRST_HTTPS_PORT, "LAB_TLS_PORT")
        .in(environment)
        .map(first -> new Port(first.name(), first.number() + ordinal(), first.variable()));
  }

  /** The ports in addition to the HTTP port. */
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
