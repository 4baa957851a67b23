package io.podlab.lab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import java.util.ArrayList;
import java.util.List;

/** The namespaces of a cluster that the person at the terminal may watch. */
public final class Namespaces {
  private final Console console;
  private final Kubectl kubectl;

  /** Null stands for the kubeconfig's current context. */
  public Namespaces(Console console, String context) {
    this(console, Kubectl.onThePath(context));
  }

  Namespaces(Console console, Kubectl kubectl) {
    this.console = console;
    this.kubectl = kubectl;
  }

  /**
   * Those that were asked for; if none was, the context's own.
   *
   * @throws Failure (missing) without kubectl or cluster; (failed) with a line for each namespace
   *     that is not there or that this person may not watch
   */
  public List<String> watchable(List<String> wanted) throws Exception {
    wanted.forEach(name -> new Target(name, null, null));
    return console.progress("looking for the cluster", () -> look(wanted));
  }

  private List<String> look(List<String> wanted) throws InterruptedException {
    kubectl.requireCluster();
    List<String> names =
        wanted.isEmpty() ? List.of(kubectl.namespace()) : wanted.stream().distinct().toList();
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      if (!kubectl.can("list", "pods", name)) {
        problems.add(
            "namespace "
                + name
                + " is forbidden: your account may not list its pods; name another with"
                + " --namespace, or another --context");
      } else if (!exists(name)) {
        problems.add(
            "there is no namespace "
                + name
                + ": `kubectl get namespaces` lists the ones there are");
      }
    }
    if (!problems.isEmpty()) {
      throw Failure.failed(String.join("\n", problems));
    }
    return names;
  }

  /** An account that may not look at the namespace itself still sees what is in it. */
  private boolean exists(String name) throws InterruptedException {
    if (!kubectl.can("get", "namespaces/" + name, name)) {
      return true;
    }
    JsonNode namespace = kubectl.get("namespace", name);
    return !namespace.isMissingNode();
  }

  /** The context and the server, for a person. */
  public String where() throws InterruptedException {
    return kubectl.where();
  }
}
