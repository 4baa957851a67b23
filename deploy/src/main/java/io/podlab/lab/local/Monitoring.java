package io.podlab.lab.local;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Prometheus and Grafana on this machine, if they are installed. */
final class Monitoring {
  /** Not 9090, the default of Prometheus, because that is the grpc port of probe-target. */
  static final int PROMETHEUS_PORT = 9091;

  static final int GRAFANA_PORT = 3000;

  private static final String PROMETHEUS = "prometheus";
  private static final String GRAFANA = "grafana";

  /** Grafana's files in the packages of Debian, Red Hat and Homebrew. */
  private static final List<Path> GRAFANA_HOMES =
      Stream.of(
              "/usr/share/grafana",
              "/opt/homebrew/opt/grafana/share/grafana",
              "/usr/local/opt/grafana/share/grafana")
          .map(Path::of)
          .toList();

  private Monitoring() {}

  /**
   * Prometheus, and Grafana if it is installed.
   *
   * @throws Failure (missing) without Prometheus
   */
  static List<Program> installed(Project project, StateFolder folder, SearchPath path) {
    if (path.find(PROMETHEUS).isEmpty()) {
      throw Failure.missing(
          "prometheus is not on the PATH; install it (Debian and Ubuntu: `apt-get install prometheus`,"
              + " macOS: `brew install prometheus`) or download it from"
              + " https://prometheus.io/download/\nor start the lab without --monitoring, and run"
              + " Prometheus in a container:\n  podman run --rm --network host -v '"
              + folder(project).resolve(PROMETHEUS)
              + "':/etc/podlab:ro docker.io/prom/prometheus:v3.5.0 --config.file=/etc/podlab/laptop.yml"
              + " --web.listen-address=127.0.0.1:"
              + PROMETHEUS_PORT);
    }
    return programs(project, folder, path);
  }

  /** The installed programs; empty if none is installed. */
  static List<Program> programs(Project project, StateFolder folder, SearchPath path) {
    List<Program> programs = new ArrayList<>();
    path.find(PROMETHEUS).ifPresent(program -> programs.add(prometheus(project, folder, program)));
    path.find("grafana")
        .map(program -> Command.of(program.toString(), "server"))
        .or(() -> path.find("grafana-server").map(program -> Command.of(program.toString())))
        .ifPresent(command -> programs.add(grafana(project, folder, command)));
    return programs;
  }

  private static Path folder(Project project) {
    return project.manifests().resolve("monitoring");
  }

  private static Program prometheus(Project project, StateFolder folder, Path program) {
    return new Program(
        PROMETHEUS,
        PROMETHEUS_PORT,
        List.of(),
        "/api/v1/alerts",
        "/-/ready",
        Optional.empty(),
        Command.of(
            program.toString(),
            "--config.file=" + folder(project).resolve("prometheus/laptop.yml"),
            "--storage.tsdb.path=" + folder.root().resolve(PROMETHEUS),
            "--storage.tsdb.retention.time=1d",
            "--web.listen-address=127.0.0.1:" + PROMETHEUS_PORT));
  }

  private static Program grafana(Project project, StateFolder folder, Command command) {
    Path source = folder(project).resolve(GRAFANA);
    Path state = folder.root().resolve(GRAFANA);
    Command server =
        GRAFANA_HOMES.stream()
            .filter(Files::isDirectory)
            .findFirst()
            .map(home -> command.with("--homepath=" + home))
            .orElse(command);
    return new Program(
        GRAFANA,
        GRAFANA_PORT,
        List.of(),
        "/api/search",
        "/api/health",
        Optional.empty(),
        server.withEnvironment(
            Map.of(
                "GF_SERVER_HTTP_ADDR",
                "127.0.0.1",
                "GF_SERVER_HTTP_PORT",
                Integer.toString(GRAFANA_PORT),
                "GF_PATHS_DATA",
                state.toString(),
                "GF_PATHS_LOGS",
                state.resolve("log").toString(),
                "GF_PATHS_PROVISIONING",
                source.resolve("provisioning").toString(),
                // The whole class opens the dashboards, without accounts.
                "GF_AUTH_ANONYMOUS_ENABLED",
                "true",
                "GF_ANALYTICS_REPORTING_ENABLED",
                "false",
                "GF_ANALYTICS_CHECK_FOR_UPDATES",
                "false",
                "PODLAB_DASHBOARDS",
                source.resolve("dashboards").toString(),
                "PODLAB_PROMETHEUS",
                "http://127.0.0.1:" + PROMETHEUS_PORT)));
  }
}
