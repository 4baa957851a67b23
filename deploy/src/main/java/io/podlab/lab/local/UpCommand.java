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
      "On this machine: builds what is not built, starts each service on its port of 127.0.0.1"
          + " (probe-target on 9090 for grpc and 7070 for tcp, too), waits until all are ready, shows where"
          + " they are, and stays until Ctrl-C, which stops them. The board shows a sample recording:"
          + " `lab board` shows a cluster. Their state, logs and pids are kept in $XDG_STATE_HOME/podlab"
          + " (~/.local/state/podlab).",
      "",
      "With --cluster: applies deploy/base with kubectl and waits until all Deployments are"
          + " available.",
      "",
      "With --monitoring: starts Prometheus, too, on port 9091 of 127.0.0.1, with Podlab's rules and"
          + " alerts, and Grafana with the dashboards on port 3000 if it is installed. On a cluster:"
          + " applies deploy/monitoring/prometheus/cluster."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:up (detached or on a cluster), or stopped by `lab down`",
      "1:a service ended by itself, or not all were ready in time; on this machine nothing is left"
          + " running",
      "2:the command line is invalid",
      "3:Java, Maven, kubectl, a reachable cluster or Prometheus is missing",
      "4:a port is taken, or the lab is up already",
      "130:stopped by Ctrl-C",
      "143:stopped by SIGTERM"
    })
public final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-d", "--detach"},
      description = "Return when all are ready, and leave them running; `lab down` stops them.")
  private boolean detach;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long to wait for readiness, as 90s or 3m (60s; on a cluster 3m).")
  private Duration timeout;

  @Option(names = "--monitoring", description = "Start Prometheus, and Grafana, with them.")
  private boolean monitoring;

  @Option(names = "--cluster", description = "Start them on a cluster instead.")
  private boolean cluster;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "With --cluster: the kubeconfig's context (its current one).")
  private String context;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "With --cluster: where to; made if it is not there (podlab).")
  private String namespace;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "With --cluster: the images' tag (this version).")
  private String tag;

  @Option(
      names = "--registry",
      paramLabel = "REGISTRY",
      description =
          "With --cluster: what stands before podlab/ in the images' names, as"
              + " registry.example.org/team (nothing).")
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
          spec.commandLine(), "--detach is for this machine: --cluster returns when all is up");
    }
    Map<String, String> ofCluster = new LinkedHashMap<>();
    ofCluster.put("--context", context);
    ofCluster.put("--namespace", namespace);
    ofCluster.put("--tag", tag);
    ofCluster.put("--registry", registry);
    ClusterOptions.refuseWithout(cluster, ofCluster, spec);
  }
}
