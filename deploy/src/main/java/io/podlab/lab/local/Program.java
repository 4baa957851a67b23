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

/**
 * A service as this machine runs it.
 *
 * @param title its name in tables, of its log and in messages
 * @param port the port on 127.0.0.1 that it listens on; free before it is started
 * @param otherPorts those that it listens on besides; free before it is started, too
 * @param essentialPath the path that shows what it does, for one curl
 * @param readinessPath answers 200 as soon as it can do its work
 * @param credential the file with the token for what is not open to everybody, if it has one
 * @param command starts it; it stays in the foreground and ends on SIGTERM
 */
record Program(
    String title,
    int port,
    List<Port> otherPorts,
    String essentialPath,
    String readinessPath,
    Optional<Path> credential,
    Command command) {
  /** Of the services. */
  static final String READINESS = "/q/health/ready";

  private static final String BOARD_RECORDING = "LAB_BOARD_RECORDING";
  private static final String BOARD_SAMPLE = "LAB_BOARD_SAMPLE";
  private static final String PROBE_FILES = "LAB_PROBE_FILES";
  private static final String TOKEN_BACKEND = "LAB_TOKEN_BACKEND";
  private static final String TOKEN_DIR = "LAB_TOKEN_DIR";

  Program {
    otherPorts = List.copyOf(otherPorts);
  }

  /**
   * The packaged service, on the JVM that this program runs on, with little memory.
   *
   * @param environment what the person has set, which the service gets as well: an empty setting,
   *     too, for it to refuse
   */
  static Program of(
      Project project, Service service, StateFolder folder, Map<String, String> environment) {
    Command java =
        project.run(service, service.localPort(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    if (service == Service.PROBE_TARGET && !environment.containsKey(PROBE_FILES)) {
      // In a container they are in /tmp; a person's /tmp is left alone.
      java = java.withEnvironment(PROBE_FILES, folder.ofService(service).toString());
    }
    if (service == Service.BOARD && !environment.containsKey(BOARD_RECORDING)) {
      // A kubeconfig on this machine is no reason to show its cluster: `lab board` does that.
      java =
          java.withoutInherited("LAB_BOARD_CONTEXT", "LAB_BOARD_NAMESPACES")
              .withEnvironment(BOARD_SAMPLE, "true");
    }
    Optional<Path> credential = Optional.empty();
    if (service == Service.TOKEN_SERVICE) {
      if (!environment.containsKey(TOKEN_BACKEND)) {
        // This may be a pod, and is no reason to act on its cluster.
        java = java.withEnvironment(TOKEN_BACKEND, "file");
      }
      credential = adminToken(folder, environment);
    }
    return new Program(
        service.title(),
        service.localPort(),
        service.otherPorts().stream().flatMap(port -> port.in(environment).stream()).toList(),
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

  /** What a person types to see it work. */
  String curl() {
    return "curl localhost:" + port + essentialPath;
  }

  /** What a person types for what is not open to everybody. */
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
