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
      "Stops what `lab up` started, and waits until it is gone.",
      "",
      "On this machine: the services, those of a `lab up` in another terminal too. A service that"
          + " does not end within 30 seconds is killed. Their state and logs stay.",
      "",
      "With --cluster: deletes what `lab up --cluster` applied, and the namespace with all that is"
          + " in it if `lab up --cluster` made it."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped, or nothing was running",
      "1:something does not go away",
      "2:the command line is invalid",
      "3:kubectl or a reachable cluster is missing"
    })
public final class DownCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--cluster", description = "Remove them from a cluster.")
  private boolean cluster;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "With --cluster: the kubeconfig's context (its current one).")
  private String context;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "With --cluster: where they are (podlab).")
  private String namespace;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "With --cluster: how long to wait until all is gone (3m).")
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
