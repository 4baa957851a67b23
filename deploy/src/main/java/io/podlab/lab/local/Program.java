package io.podlab.lab.local;

import io.podlab.lab.process.Command;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.net.URI;

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
    Command java =
        project.run(service, service.localPort(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    return new Program(service.title(), service.localPort(), service.essentialPath(), java);
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
