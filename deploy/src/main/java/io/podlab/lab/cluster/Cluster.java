package io.podlab.lab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.console.Durations;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Applies deploy/base to a cluster with kubectl, and removes it. */
public final class Cluster {
  private static final long POLL_MILLIS = 1000;

  private final Console console;
  private final Kubectl kubectl;
  private final String namespace;
  private final Path base;

  /**
   * @param context null for the current context of the kubeconfig
   * @param namespace null for podlab
   */
  public Cluster(Console console, String context, String namespace) {
    this(
        console,
        Kubectl.onThePath(context),
        Objects.requireNonNullElse(namespace, Manifests.BASE_NAMESPACE),
        Project.here().manifests().resolve("base"));
  }

  Cluster(Console console, Kubectl kubectl, String namespace, Path base) {
    this.console = console;
    this.kubectl = kubectl;
    this.namespace = namespace;
    this.base = base;
  }

  /**
   * Applies deploy/base and waits until all its Deployments are available. After a timeout the
   * objects stay, because images may still arrive.
   *
   * <p>With monitoring it also applies the overlay deploy/monitoring/prometheus/cluster. The
   * overlay has the labels of deploy/base, so {@link #down} removes it too.
   *
   * @param tag of the images; null for this version
   * @param registry null for none
   * @param monitoring whether to run Prometheus on the cluster
   * @throws Failure (missing) without kubectl or a cluster; (failed) if a Deployment is not
   *     available in time, with its name and the reason
   */
  public void up(String tag, String registry, boolean monitoring, Duration patience)
      throws Exception {
    Target target = new Target(namespace, tag, registry);
    console.progress("connecting to the cluster", this::requireCluster);
    JsonNode live = kubectl.get("namespace", namespace);
    boolean ownNamespace = live.isMissingNode() || Manifests.isOurs(live);
    List<ObjectNode> objects = Manifests.forTarget(render(monitoring), target, ownNamespace);
    console.progress(
        "applying the manifests to namespace " + namespace,
        () -> {
          kubectl.apply(objects);
          return null;
        });
    awaitAvailable(Manifests.deployments(objects), patience);
    show(objects);
  }

  private List<ObjectNode> render(boolean monitoring) throws InterruptedException {
    List<ObjectNode> rendered = new ArrayList<>(kubectl.render(base));
    if (monitoring) {
      rendered.addAll(
          kubectl.render(base.resolveSibling("monitoring").resolve("prometheus/cluster")));
    }
    return rendered;
  }

  private Void requireCluster() throws InterruptedException {
    kubectl.requireCluster();
    return null;
  }

  private void awaitAvailable(List<String> deployments, Duration patience) throws Exception {
    Waiting waiting = new Waiting();
    console.progress(
        "waiting for the Deployments",
        waiting::detail,
        () -> {
          long end = System.nanoTime() + patience.toNanos();
          while (true) {
            waiting.set(look(deployments));
            if (waiting.missing().isEmpty()) {
              return null;
            }
            if (System.nanoTime() > end) {
              throw Failure.failed(
                  "timed out after "
                      + Durations.show(patience)
                      + "; these Deployments are not available:\n"
                      + waiting.explanation());
            }
            Thread.sleep(POLL_MILLIS);
          }
        });
  }

  private List<Availability> look(List<String> deployments) throws InterruptedException {
    JsonNode items = kubectl.get("deployments.apps,pods", "-n", namespace).path("items");
    List<JsonNode> pods = ofKind(items, "Pod");
    List<JsonNode> live = ofKind(items, "Deployment");
    return deployments.stream()
        .map(
            name ->
                Availability.of(
                    name,
                    live.stream()
                        .filter(each -> each.at("/metadata/name").asText().equals(name))
                        .findFirst(),
                    pods))
        .toList();
  }

  private static List<JsonNode> ofKind(JsonNode items, String kind) {
    return Manifests.elements(items)
        .filter(item -> item.path("kind").asText().equals(kind))
        .toList();
  }

  /** The latest state. One thread polls the cluster, another reports progress. */
  private final class Waiting {
    private volatile List<Availability> seen = List.of();

    void set(List<Availability> now) {
      seen = now;
    }

    List<Availability> missing() {
      return seen.stream().filter(each -> !each.available()).toList();
    }

    String detail() {
      List<Availability> missing = missing();
      return missing.stream().map(Availability::line).collect(Collectors.joining("; "))
          + (missing.stream().anyMatch(Availability::lacksItsImage)
              ? " (load the images with `" + Project.command() + " images --load …`)"
              : "");
    }

    String explanation() {
      return missing().stream()
          .map(each -> each.explanation(namespace))
          .collect(Collectors.joining("\n"));
    }
  }

  private void show(List<ObjectNode> objects) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SERVICE", "NAMESPACE", "TRY"));
    List<String> deployed = Manifests.deployments(objects);
    for (Service service : Service.values()) {
      if (deployed.contains(service.title())) {
        rows.add(List.of(service.title(), namespace, portForward(service)));
      }
    }
    if (deployed.contains("prometheus")) {
      rows.add(
          List.of(
              "prometheus",
              namespace,
              "kubectl -n " + namespace + " port-forward service/prometheus 9091:9090"));
    }
    console.table(rows);
    String options =
        (namespace.equals(Manifests.BASE_NAMESPACE) ? "" : " --namespace " + namespace)
            + (kubectl.context() == null ? "" : " --context " + kubectl.context());
    console.say("to remove it: `" + Project.command() + " down --cluster" + options + "`");
  }

  /** Uses the port that the service has on this machine without a cluster. */
  private String portForward(Service service) {
    return String.format(
        "kubectl -n %s port-forward service/%s %d:8080",
        namespace, service.title(), service.localPort());
  }

  /**
   * Deletes what {@link #up} applied and waits until it is gone. A namespace without Podlab's label
   * stays, with every object in it that has no such label.
   *
   * @throws Failure (missing) without kubectl or a cluster; (failed) if an object still exists
   *     after the timeout
   */
  public void down(Duration patience) throws Exception {
    Target target = new Target(namespace, null, null);
    console.progress("connecting to the cluster", this::requireCluster);
    List<ObjectNode> objects = Manifests.forTarget(render(true), target, true);
    JsonNode live = kubectl.get("namespace", namespace);
    String label = Manifests.PART_OF + "=" + Manifests.PODLAB;
    String kinds = String.join(",", Manifests.kinds(objects, namespace));
    for (ObjectNode object : Manifests.outside(objects, namespace)) {
      kubectl.delete(
          Manifests.kind(object),
          object.path("metadata").path("name").asText(),
          "--namespace=" + Manifests.namespace(object));
    }
    if (live.isMissingNode()) {
      console.print("nothing to remove: namespace " + namespace + " does not exist");
      return;
    }
    if (Manifests.isOurs(live)) {
      kubectl.delete("namespace", namespace);
      awaitGone(patience, "namespace", namespace);
      console.print("removed namespace " + namespace + " and everything in it");
      return;
    }
    String[] ours = {kinds + ",pods", "-n", namespace, "-l", label};
    if (kubectl.get(ours).path("items").isEmpty()) {
      console.print("nothing to remove: namespace " + namespace + " has no objects of Podlab");
      return;
    }
    kubectl.delete(ours);
    awaitGone(patience, ours);
    console.print(
        "removed Podlab from namespace "
            + namespace
            + "; the namespace stays, because `lab up` did not create it");
  }

  private void awaitGone(Duration patience, String... what) throws Exception {
    Remaining remaining = new Remaining();
    console.progress(
        "removing",
        remaining::text,
        () -> {
          long end = System.nanoTime() + patience.toNanos();
          while (true) {
            JsonNode left = kubectl.get(what);
            remaining.set(left);
            if (left.isMissingNode() || (left.has("items") && left.path("items").isEmpty())) {
              return null;
            }
            if (System.nanoTime() > end) {
              throw Failure.failed(
                  "timed out after "
                      + Durations.show(patience)
                      + "; not removed yet: "
                      + remaining.text());
            }
            Thread.sleep(POLL_MILLIS);
          }
        });
  }

  private static final class Remaining {
    private volatile String text = "";

    void set(JsonNode left) {
      List<JsonNode> objects =
          left.has("items") ? Manifests.elements(left.path("items")).toList() : List.of(left);
      text = objects.stream().map(Remaining::line).collect(Collectors.joining(", "));
    }

    /** The status of a namespace names what blocks its deletion. */
    private static String line(JsonNode object) {
      String kept =
          Manifests.elements(object.at("/status/conditions"))
              .filter(each -> each.path("type").asText().equals("NamespaceContentRemaining"))
              .filter(each -> each.path("status").asText().equals("True"))
              .map(each -> " (" + each.path("message").asText() + ")")
              .collect(Collectors.joining());
      return object.path("kind").asText() + " " + object.at("/metadata/name").asText() + kept;
    }

    String text() {
      return text;
    }
  }
}
