package io.podlab.lab.local;

import io.podlab.lab.process.Command;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A service as this machine runs it.
 *
 * @param title its name in tables, of its log and in messages
 * @param port the port on 127.0.0.1 that it listens on; free before it is started
 * @param essentialPath the path that shows what it does, for one curl
 * @param command starts it; it stays in the foreground and ends on SIGTERM
 */
record Program(String title, int port, String essentialPath, Command command) {
  /** The packaged service, on the JVM that this program runs on, with little memory. */
  static Program of(Project project, Service service) {
    Path folder = project.packaged(service);
    Command java =
        Command.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                folder.resolve("quarkus-run.jar").toString())
            // Quarkus reads .env and config/ of the folder it is started in: not the user's.
            .in(folder)
            .withEnvironment(absolutePaths(System.getenv(), Path.of("").toAbsolutePath()))
            .withEnvironment("QUARKUS_HTTP_HOST", "127.0.0.1")
            .withEnvironment("QUARKUS_HTTP_PORT", Integer.toString(service.localPort()));
    return new Program(service.title(), service.localPort(), service.essentialPath(), java);
  }

  /**
   * The services' settings that name a file or a folder, as the person meant them: relative to
   * where {@code lab} was called, and not to where a service is started.
   */
  static Map<String, String> absolutePaths(Map<String, String> environment, Path here) {
    Map<String, String> absolute = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.matches("LAB_.*_(FILE|DIR)") && !value.isBlank()) {
            absolute.put(name, here.resolve(value).toString());
          }
        });
    return absolute;
  }

  String address() {
    return "http://localhost:" + port;
  }

  /** What a person types to see it work. */
  String curl() {
    return "curl localhost:" + port + essentialPath;
  }

  /** Answers 200 as soon as the service can do its work. */
  URI readiness() {
    return URI.create("http://127.0.0.1:" + port + "/q/health/ready");
  }
}
