package io.podlab.lab.lesson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podlab.lab.Failure;
import io.podlab.lab.cluster.Kubectl;
import io.podlab.lab.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The namespace of a play, managed by kubectl with the kubeconfig of the play. */
record LessonCluster(Shell shell, String kubectl, String namespace, Workspace workspace) {
  static final String LABEL = "podlab.io/lesson";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration REQUEST = Duration.ofSeconds(30);
  private static final Duration USABLE = Duration.ofSeconds(20);

  /**
   * The kubelet looks again at a Pod that it could not remove at once: after its syncFrequency of 1
   * minute and up to half of it at random. On a busy node it needs this more than once.
   */
  private static final Duration DELETION = Duration.ofMinutes(5);

  private static final long POLL_MILLIS = 500;

  /** The kinds of objects that a lesson may create outside its namespace, with {@link #LABEL}. */
  private static final List<List<String>> OUTSIDE =
      List.of(
          List.of("clusterroles,clusterrolebindings,certificatesigningrequests"),
          List.of("roles,rolebindings,secrets,configmaps", "-n", "kube-system"),
          List.of("roles,rolebindings,secrets,configmaps", "-n", "kube-public"));

  /** An upper limit for {@link #beginDeletion}, {@link #deleteOutside}, {@link #awaitDeletion}. */
  static final Duration LONGEST_REMOVAL =
      REQUEST.multipliedBy(2L + OUTSIDE.size()).plus(DELETION).plusSeconds(10);

  /** A command with the environment of the play, in the copy of the lesson folder. */
  private Command command(List<String> words) {
    return Command.of(words)
        .in(workspace.lesson())
        .withEnvironment("KUBECONFIG", workspace.kubeconfig().toString())
        .withEnvironment("NAMESPACE", namespace);
  }

  Command bash(String... words) {
    List<String> all = new ArrayList<>(List.of("bash"));
    all.addAll(Arrays.asList(words));
    return command(all);
  }

  /** A script of the lesson. */
  Command script(String name) {
    return bash("./" + name);
  }

  private Command kubectlCommand(String... words) {
    List<String> all = new ArrayList<>(List.of(kubectl));
    all.addAll(Arrays.asList(words));
    return command(all);
  }

  private Command.Result ask(String... words) throws InterruptedException {
    return shell.ask(kubectlCommand(words), REQUEST);
  }

  /**
   * Creates the namespace, and sets it in the context of the kubeconfig.
   *
   * @param lesson the value of its label
   * @throws Failure (missing) if the account may not create namespaces; (failed) for another reason
   */
  void create(String lesson) throws InterruptedException, IOException {
    ObjectNode object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
    object.putObject("metadata").put("name", namespace).putObject("labels").put(LABEL, lesson);
    Command.Result created = create(object);
    if (!created.succeeded()) {
      String reason = Kubectl.reason(created.err());
      if (reason.contains("orbidden")) {
        throw Failure.missing(
            "you have no permission to create a namespace for the lesson:\n  "
                + reason
                + "\nuse another context with --context, or ask your cluster administrator for"
                + " permission to create and delete namespaces");
      }
      throw Failure.failed("cannot create namespace " + namespace + ": " + reason);
    }
    Command.Result set = ask("config", "set-context", "--current", "--namespace=" + namespace);
    if (!set.succeeded()) {
      throw Failure.failed(
          "cannot select namespace " + namespace + ": " + Kubectl.reason(set.err()));
    }
  }

  Command.Result create(ObjectNode object, String... options)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile(workspace.root(), "object", ".json");
    Files.writeString(file, object.toString());
    List<String> words = new ArrayList<>(List.of("create", "-f", file.toString()));
    words.addAll(Arrays.asList(options));
    Command.Result result = ask(words.toArray(String[]::new));
    Files.delete(file);
    return result;
  }

  /** Waits until the namespace accepts pods: a new one has no service account for a moment. */
  void awaitUsable(ObjectNode pod) throws IOException, InterruptedException {
    long end = System.nanoTime() + USABLE.toNanos();
    while (true) {
      Command.Result result = create(pod, "--dry-run=server");
      boolean comes = result.err().matches("(?is).*(service ?account|API token).*");
      if (result.succeeded() || !comes || System.nanoTime() > end) {
        return;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** The current state of an object; a missing node if it cannot be read. */
  JsonNode get(String... words) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of("get"));
    all.addAll(Arrays.asList(words));
    all.addAll(List.of("--ignore-not-found", "-o", "json"));
    Command.Result result = ask(all.toArray(String[]::new));
    try {
      return result.succeeded() && !result.out().isBlank()
          ? JSON.readTree(result.out())
          : JSON.missingNode();
    } catch (IOException notJson) {
      return JSON.missingNode();
    }
  }

  /** Succeeds if the object does not exist. */
  Command.Result delete(String... words) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of("delete"));
    all.addAll(Arrays.asList(words));
    all.add("--ignore-not-found");
    return ask(all.toArray(String[]::new));
  }

  /** The names of the nodes; empty if the account may not list them. */
  List<String> nodes() throws InterruptedException {
    return ask("get", "nodes", "-o", "jsonpath={.items[*].metadata.name}")
        .out()
        .lines()
        .flatMap(line -> Arrays.stream(line.split(" ")))
        .filter(name -> !name.isBlank())
        .toList();
  }

  /**
   * Deletes the labeled objects outside the namespace.
   *
   * @return the problems, without Forbidden: an account that may not delete such an object could
   *     not create it either
   */
  List<String> deleteOutside() throws InterruptedException {
    List<String> problems = new ArrayList<>();
    for (List<String> kinds : OUTSIDE) {
      List<String> words = new ArrayList<>(kinds);
      words.addAll(List.of("-l", LABEL + "=" + namespace, "--wait=false"));
      Command.Result deleted = delete(words.toArray(String[]::new));
      if (!deleted.succeeded()) {
        Kubectl.reason(deleted.err())
            .lines()
            .map(String::strip)
            .filter(line -> !line.matches(".*\\((Forbidden|NotFound)\\).*"))
            .forEach(problems::add);
      }
    }
    return problems;
  }

  /**
   * Starts to delete the namespace. Deletes its pods first, with a short grace period.
   *
   * @return the result of the request to delete the namespace
   */
  Command.Result beginDeletion() throws InterruptedException {
    delete("pods", "--all", "-n", namespace, "--grace-period=1", "--wait=false");
    return delete("namespace", namespace, "--wait=false");
  }

  /** Waits until the namespace is gone. Returns false after a timeout. */
  boolean awaitDeletion() throws InterruptedException {
    Command wait =
        kubectlCommand(
            "wait",
            "--for=delete",
            "namespace/" + namespace,
            "--timeout=" + DELETION.toSeconds() + "s");
    Command.Result waited = shell.ask(wait, DELETION.plusSeconds(10));
    return waited.succeeded() || waited.err().contains("not found");
  }
}
