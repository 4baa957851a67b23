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
import picocli.CommandLine.Spec;

/** {@code lab down}. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = {
      "Stops everything that `lab up` started, and waits until it has ended.",
      "",
      "On this machine: stops the services, also those of a `lab up` in another terminal. Kills a"
          + " service that does not end within 30 seconds. Keeps state and logs.",
      "",
      "With --cluster: deletes everything that `lab up --cluster` applied. If `lab up --cluster`"
          + " created the namespace, deletes the namespace and everything in it."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success: stopped, or nothing was running",
      "1:a process or an object could not be removed",
      "2:the command line is invalid",
      "3:kubectl or a reachable cluster is missing"
    })
public final class DownCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--cluster", description = "Remove the services from a cluster.")
  private boolean cluster;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "With --cluster: the context of the kubeconfig (default: the current context).")
  private String context;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "With --cluster: the namespace (default podlab).")
  private String namespace;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "With --cluster: the time to wait, such as 90s or 3m (default 3m).")
  private Duration timeout;

  @Override
  public Integer call() throws Exception {
    Map<String, String> ofCluster = new LinkedHashMap<>();
    ofCluster.put("--context", context);
    ofCluster.put("--namespace", namespace);
    ofCluster.put("--timeout", timeout == null ? null : timeout.toString());
    ClusterOptions.refuseWithout(cluster, ofCluster, spec);
    Console console = Console.system();
    if (cluster) {
      new Cluster(console, context, namespace)
          .down(Objects.requireNonNullElse(timeout, Duration.ofMinutes(3)));
    } else {
      LocalLab.here(console).down();
    }
    return 0;
  }
}
