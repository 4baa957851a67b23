package io.podlab.lab.local;

import io.podlab.lab.process.Command;
import io.podlab.lab.project.Port;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that runs on this machine.
 *
 * @param title its name in tables and messages, and of its log
 * @param port its port on 127.0.0.1; must be free before the start
 * @param otherPorts its other ports; must be free before the start
 * @param essentialPath the path for a first curl
 * @param readinessPath returns 200 when the program is ready
 * @param credential the file with the token for protected paths, if there are any
 * @param command starts it in the foreground; SIGTERM ends it
 */
record Program(
    String title,
    int port,
    List<Port> otherPorts,
    String essentialPath,
    String readinessPath,
    Optional<Path> credential,
    Command command) {
  /** The readiness path of the services. */
  static final String READINESS = "/q/health/ready";

  private static final String BOARD_RECORDING = "LAB_BOARD_RECORDING";
  private static final String BOARD_SAMPLE = "LAB_BOARD_SAMPLE";
  private static final String DEMO_MARKER = "LAB_DEMO_MARKER";
  private static final String PROBE_FILES = "LAB_PROBE_FILES";
  private static final String TOKEN_BACKEND = "LAB_TOKEN_BACKEND";
  private static final String TOKEN_DIR = "LAB_TOKEN_DIR";

  Program {
    otherPorts = List.copyOf(otherPorts);
  }

  /**
   * The packaged service, with the JVM of this program and little memory.
   *
   * @param environment the user's variables, which the service inherits. It also inherits empty
   *     ones, and refuses them.
   */
  static Program of(
      Project project, Service service, StateFolder folder, Map<String, String> environment) {
    Command java =
        project.run(service, service.localPort(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    if (service == Service.DEMO_APP && !environment.containsKey(DEMO_MARKER)) {
      // The default is a file of the container's root file system.
      java = java.withEnvironment(DEMO_MARKER, folder.marker().toString());
    }
    if (service == Service.PROBE_TARGET && !environment.containsKey(PROBE_FILES)) {
      // A container uses /tmp for these files, but the user's /tmp stays untouched.
      java = java.withEnvironment(PROBE_FILES, folder.ofService(service).toString());
    }
    if (service == Service.BOARD && !environment.containsKey(BOARD_RECORDING)) {
      // Shows the sample even if there is a kubeconfig. `lab board` shows a cluster.
      java =
          java.withoutInherited("LAB_BOARD_CONTEXT", "LAB_BOARD_NAMESPACES")
              .withEnvironment(BOARD_SAMPLE, "true");
    }
    Optional<Port> https = service.httpsPort(environment);
    if (https.isPresent()) {
      java = java.withEnvironment("LAB_TLS_PORT", Integer.toString(https.get().number()));
    }
    Optional<Path> credential = Optional.empty();
    if (service == Service.TOKEN_SERVICE) {
      if (!environment.containsKey(TOKEN_BACKEND)) {
        // If this machine is a pod, the service must not change the cluster of the pod.
        java = java.withEnvironment(TOKEN_BACKEND, "file");
      }
      credential = adminToken(folder, environment);
    }
    return new Program(
        service.title(),
        service.localPort(),
        Stream.concat(service.otherPorts(environment).stream(), https.stream()).toList(),
        service.essentialPath(),
        READINESS,
        credential,
        java);
  }

  private static Optional<Path> adminToken(StateFolder folder, Map<String, String> environment) {
    if (environment.getOrDefault(TOKEN_BACKEND, "").equalsIgnoreCase("kubernetes")) {
      return Optional.empty();
    }
    String directory = environment.getOrDefault(TOKEN_DIR, "");
    Path state =
        directory.isBlank()
            ? folder.ofService(Service.TOKEN_SERVICE)
            : Path.of(directory).toAbsolutePath();
    return Optional.of(state.resolve("admin-token"));
  }

  String address() {
    return "http://localhost:" + port;
  }

  /** The address for HTTP, and the one for HTTPS if there is one. */
  String addresses() {
    return otherPorts.stream()
        .filter(other -> other.name().equals("https"))
        .map(https -> address() + ", https://localhost:" + https.number())
        .findFirst()
        .orElse(address());
  }

  /** A command that shows that the program works. */
  String curl() {
    return "curl localhost:" + port + essentialPath;
  }

  /** A command for a protected path. */
  Optional<String> curlWithCredential() {
    return credential.map(
        file ->
            "curl -H \"Authorization: Bearer $(cat '%s')\" localhost:%d/tokens"
                .formatted(file.toString().replace("'", "'\\''"), port));
  }

  URI readiness() {
    return URI.create("http://127.0.0.1:" + port + readinessPath);
  }
}
