package io.podlab.lab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The user's own kubectl. It resolves kubeconfig, context, proxies and credential plugins the same
 * way as a command that the user types.
 *
 * @param program a name on the PATH, or a path
 * @param context null for the current context of the kubeconfig
 */
public record Kubectl(String program, String context) {
  private static final String NO_CONTEXT = "kubectl has no current context";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Limits one request. Without it kubectl waits until the operating system gives up. */
  private static final String REQUEST_TIMEOUT = "--request-timeout=20s";

  private static final String REACHABILITY_TIMEOUT = "--request-timeout=5s";

  public static Kubectl onThePath(String context) {
    return new Kubectl("kubectl", context);
  }

  private Command command(String... words) {
    List<String> all = new ArrayList<>(List.of(program));
    if (context != null) {
      all.add("--context=" + context);
    }
    all.addAll(List.of(words));
    return Command.of(all);
  }

  /**
   * Reads the version of the API server with the user's credentials.
   *
   * @return the response, such as {@code {"gitVersion": "v1.20.2", …}}
   * @throws Failure (missing) without kubectl, or if no cluster answers within 5 seconds
   */
  public JsonNode requireCluster() throws InterruptedException {
    if (SearchPath.ofThisProcess().find(program).isEmpty()) {
      throw Failure.missing(
          "kubectl is not on the PATH; install it: https://kubernetes.io/docs/tasks/tools/");
    }
    String where = where();
    if (where.equals(NO_CONTEXT)) {
      // Kubectl would connect to localhost:8080, which may be demo-app.
      throw Failure.missing(
          "no cluster: "
              + NO_CONTEXT
              + "; set one with `kubectl config use-context`, or name one with --context"
              + " (`kubectl config get-contexts` lists them)");
    }
    Command.Result version = command("get", "--raw", "/version", REACHABILITY_TIMEOUT).run();
    if (!version.succeeded()) {
      throw Failure.missing(
          "cannot reach the cluster: "
              + where
              + ": "
              + reason(version.err())
              + "; name another context with --context (`kubectl config get-contexts` lists them)");
    }
    return parse(version.out());
  }

  /** A command that sends one request, such as {@code GET /version}, and prints the answer. */
  public Command request(String path, Duration timeout) {
    return command("get", "--raw", path, "--request-timeout=" + timeout.toSeconds() + "s");
  }

  /** Whether kubectl has a context. Without one, it connects to localhost:8080. */
  public boolean hasContext() throws InterruptedException {
    return !where().equals(NO_CONTEXT);
  }

  /** The context and server that kubectl uses, as text for the user. */
  public String where() throws InterruptedException {
    Command.Result view = command("config", "view", "--minify", "-o", "json").run();
    JsonNode config = view.succeeded() ? parse(view.out()) : JSON.nullNode();
    String server = config.at("/clusters/0/cluster/server").asText("");
    String name = config.path("current-context").asText(context == null ? "" : context);
    if (server.isEmpty()) {
      return name.isEmpty() ? NO_CONTEXT : "context " + name;
    }
    return "context " + name + " at " + server;
  }

  /**
   * A self-contained kubeconfig with this context only. It contains credentials, so a file with it
   * must not be readable by others.
   */
  public String kubeconfig() throws InterruptedException {
    return require(command("config", "view", "--minify", "--flatten", "--raw"), "");
  }

  /** The address and the CA of the server, as the kubeconfig has them. */
  public String server() throws InterruptedException {
    String view =
        require(command("config", "view", "--minify", "--flatten", "--raw", "-o", "json"), "");
    JsonNode cluster = parse(view).at("/clusters/0/cluster");
    return cluster.path("server").asText()
        + " "
        + cluster.path("certificate-authority-data").asText();
  }

  /** The namespace of the context; {@code default} if the context sets none. */
  String namespace() throws InterruptedException {
    Command.Result view = command("config", "view", "--minify", "-o", "json").run();
    JsonNode config = view.succeeded() ? parse(view.out()) : JSON.nullNode();
    return config.at("/contexts/0/context/namespace").asText("default");
  }

  /** Whether the user's account has this permission in the namespace. */
  boolean can(String verb, String resource, String namespace) throws InterruptedException {
    return command("auth", "can-i", verb, resource, "-n", namespace, "-q", REQUEST_TIMEOUT)
        .run()
        .succeeded();
  }

  /** The current state of an object; a missing node if it does not exist. */
  public JsonNode get(String... words) throws InterruptedException {
    Command get = command("get").with(words);
    String out = require(get.with("--ignore-not-found", "-o", "json", REQUEST_TIMEOUT), "");
    return out.isBlank() ? JSON.missingNode() : parse(out);
  }

  /** The objects of a kustomization as JSON. Does not contact the cluster. */
  List<ObjectNode> render(Path kustomization) throws InterruptedException {
    String yaml = require(command("kustomize", kustomization.toString()), "");
    // kubectl converts the YAML, so this command needs no YAML parser here.
    String json =
        require(
            command("create", "--dry-run=client", "--validate=false", "-o", "json", "-f", "-"),
            yaml);
    List<ObjectNode> objects = new ArrayList<>();
    try (MappingIterator<ObjectNode> documents =
        JSON.readerFor(ObjectNode.class).readValues(json)) {
      while (documents.hasNext()) {
        ObjectNode document = documents.next();
        if (document.path("kind").asText().equals("List")) {
          document.path("items").forEach(item -> objects.add((ObjectNode) item));
        } else {
          objects.add(document);
        }
      }
    } catch (IOException e) {
      throw Failure.failed(
          "the output of `kubectl create --dry-run` is not JSON: " + e.getMessage());
    }
    return objects;
  }

  void apply(List<ObjectNode> objects) throws InterruptedException {
    ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    list.putArray("items").addAll(objects);
    require(command("apply", "-f", "-", REQUEST_TIMEOUT), list.toString());
  }

  /** Starts a deletion and does not wait for it. */
  void delete(String... words) throws InterruptedException {
    require(
        command("delete").with(words).with("--ignore-not-found", "--wait=false", REQUEST_TIMEOUT),
        "");
  }

  private static String require(Command command, String input) throws InterruptedException {
    Command.Result result = command.run(input.getBytes(StandardCharsets.UTF_8), line -> {});
    if (!result.succeeded()) {
      throw Failure.failed("`" + command + "` failed: " + reason(result.err()));
    }
    return result.out();
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw Failure.failed("the output of kubectl is not JSON: " + e.getMessage());
    }
  }

  /**
   * The error text of kubectl without its prefix {@code error:}, warnings, and log lines such as
   * {@code E1122 …}.
   */
  public static String reason(String err) {
    List<String> lines =
        err.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .filter(line -> !line.matches("(?i)(# )?warning:.*"))
            .filter(line -> !line.matches("[EWI]\\d{4} .*"))
            .map(line -> line.replaceFirst("^error: ", ""))
            .toList();
    return lines.isEmpty() ? "no reason given" : String.join("\n  ", lines);
  }
}
