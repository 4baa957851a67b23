package io.podlab.lab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import java.util.ArrayList;
import java.util.List;

/** Checks which namespaces of a cluster the user may watch. */
public final class Namespaces {
  private final Console console;
  private final Kubectl kubectl;

  /** {@code context} is null for the current context of the kubeconfig. */
  public Namespaces(Console console, String context) {
    this(console, Kubectl.onThePath(context));
  }

  Namespaces(Console console, Kubectl kubectl) {
    this.console = console;
    this.kubectl = kubectl;
  }

  /**
   * Returns the requested namespaces, or the namespace of the context if none is requested.
   *
   * @throws Failure (missing) without kubectl or a cluster; (failed) with one line for each
   *     namespace that does not exist or that the user may not watch
   */
  public List<String> watchable(List<String> wanted) throws Exception {
    wanted.forEach(name -> new Target(name, null, null));
    return console.progress("connecting to the cluster", () -> look(wanted));
  }

  private List<String> look(List<String> wanted) throws InterruptedException {
    kubectl.requireCluster();
    List<String> names =
        wanted.isEmpty() ? List.of(kubectl.namespace()) : wanted.stream().distinct().toList();
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      if (!kubectl.can("list", "pods", name)) {
        problems.add(
            "you have no permission to list pods in namespace "
                + name
                + "; use another namespace with --namespace, or another context with --context");
      } else if (!exists(name)) {
        problems.add("no namespace named '" + name + "'; `kubectl get namespaces` lists them");
      }
    }
    if (!problems.isEmpty()) {
      throw Failure.failed(String.join("\n", problems));
    }
    return names;
  }

  /** An account may list the pods of a namespace and still not read the Namespace object. */
  private boolean exists(String name) throws InterruptedException {
    if (!kubectl.can("get", "namespaces/" + name, name)) {
      return true;
    }
    JsonNode namespace = kubectl.get("namespace", name);
    return !namespace.isMissingNode();
  }

  /** The context and the server, as text for the user. */
  public String where() throws InterruptedException {
    return kubectl.where();
  }
}
