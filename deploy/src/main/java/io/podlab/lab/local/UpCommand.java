package io.podlab.lab.local;

import io.podlab.lab.cluster.Cluster;
import io.podlab.lab.console.Console;
import io.podlab.lab.console.DurationConverter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the services, on this machine or on a cluster.",
      "",
      "On this machine: builds the services if needed, starts them on 127.0.0.1, waits until all are"
          + " ready, prints their addresses, and runs until Ctrl-C stops them. probe-target also uses"
          + " the ports 9090 (grpc) and 7070 (tcp). With LAB_TLS or LAB_TLS_CERTIFICATE, the services"
          + " also listen for HTTPS on 8443 to 8447, and for gRPC with TLS on 9443. The board shows a sample recording; use `lab"
          + " board` for a cluster. State, logs and pids are in $XDG_STATE_HOME/podlab"
          + " (~/.local/state/podlab).",
      "",
      "With --cluster: applies deploy/base with kubectl, and waits until all Deployments are"
          + " available.",
      "",
      "With --monitoring: also starts Prometheus with Podlab's rules and alerts on 127.0.0.1:9091,"
          + " and Grafana with the dashboards on port 3000 if it is installed. With --cluster:"
          + " applies deploy/monitoring/prometheus/cluster."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success: running in the background or on a cluster, or stopped by `lab down`",
      "1:a service ended or was not ready in time; on this machine all services are stopped",
      "2:the command line is invalid",
      "3:Java, Maven, kubectl, a reachable cluster or Prometheus is missing",
      "4:a port is in use, or the lab is already running",
      "130:stopped by Ctrl-C",
      "143:stopped by SIGTERM"
    })
public final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-d", "--detach"},
      description = "Keep the services running in the background; stop with `lab down`.")
  private boolean detach;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "The time to wait for readiness, such as 90s or 3m (default 60s; on a cluster 3m).")
  private Duration timeout;

  @Option(
      names = "--monitoring",
      description = "Also start Prometheus, and Grafana if it is installed.")
  private boolean monitoring;

  @Option(names = "--cluster", description = "Start the services on a cluster.")
  private boolean cluster;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "With --cluster: the context of the kubeconfig (default: the current context).")
  private String context;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "With --cluster: the namespace; created if it does not exist (default podlab).")
  private String namespace;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "With --cluster: the tag of the images (default: this version).")
  private String tag;

  @Option(
      names = "--registry",
      paramLabel = "REGISTRY",
      description =
          "With --cluster: the registry of the images, HOST[:PORT][/PATH], such as"
              + " registry.example.org/team.")
  private String registry;

  @Override
  public Integer call() throws Exception {
    validateOptions();
    Console console = Console.system();
    if (cluster) {
      new Cluster(console, context, namespace)
          .up(
              tag,
              registry,
              monitoring,
              Objects.requireNonNullElse(timeout, Duration.ofMinutes(3)));
    } else {
      LocalLab lab = monitoring ? LocalLab.withMonitoring(console) : LocalLab.here(console);
      lab.up(detach, Objects.requireNonNullElse(timeout, Duration.ofSeconds(60)));
    }
    return 0;
  }

  private void validateOptions() {
    if (cluster && detach) {
      throw new ParameterException(
          spec.commandLine(),
          "--detach cannot be used with --cluster, which always returns when the services are"
              + " ready");
    }
    Map<String, String> ofCluster = new LinkedHashMap<>();
    ofCluster.put("--context", context);
    ofCluster.put("--namespace", namespace);
    ofCluster.put("--tag", tag);
    ofCluster.put("--registry", registry);
    ClusterOptions.refuseWithout(cluster, ofCluster, spec);
  }
}
