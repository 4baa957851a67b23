package io.podlab.lab.lesson;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.lab.Failure;
import io.podlab.lab.cluster.Kubectl;
import io.podlab.lab.console.Console;
import io.podlab.lab.local.BoardProcess;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab play}. */
@Command(
    name = "play",
    mixinStandardHelpOptions = true,
    description = {
      "Plays the lessons on a cluster, and says whether it did what they teach.",
      "",
      "Without a name: lists them. With a name: creates a namespace for the lesson, types its"
          + " commands, shows their output and what happens in the cluster meanwhile, checks whether"
          + " each promise of the lesson holds, and removes all that it made, also after Ctrl-C.",
      "",
      "A lesson that needs what this cluster does not have, such as an image, a version or a right,"
          + " is skipped, with the reason.",
      "",
      "If `lab play` is killed (SIGKILL), it cannot clean up. When nobody plays a lesson, these"
          + " remove what it left on the cluster:",
      "",
      "  kubectl delete namespaces,clusterrolebindings -l podlab.io/lesson",
      "  kubectl delete roles,rolebindings -A -l podlab.io/lesson",
      "",
      "Remove by hand: join-token's Secrets bootstrap-token-... in kube-system, whose description"
          + " begins with \"podlab lesson\"; static-pod's file in /etc/kubernetes/manifests of its"
          + " node, named for the namespace; and on this machine the folders podlab-play... for"
          + " temporary files, as they hold a kubeconfig."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:listed; or at least one lesson held, and none failed",
      "1:a lesson failed, or all were skipped",
      "2:the command line is invalid",
      "3:kubectl, a reachable cluster, the right to create namespaces or the lesson is missing",
      "129:stopped because the terminal was closed, and cleaned up",
      "130:stopped by Ctrl-C, and cleaned up",
      "143:stopped by SIGTERM, and cleaned up"
    },
    footer = {
      "",
      "Examples:",
      "  lab play",
      "  lab play liveness-http --step --board",
      "  lab play ./my-lesson --check",
      "  lab play --all --parallel 4 --context kind-lab",
      "  lab play --all --registry ghcr.io/me --tag 1.0.0"
    })
public final class PlayCommand implements Callable<Integer> {
  private static final int MOST_PARALLEL = 16;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "LESSON",
      arity = "0..*",
      description = "A name, with its number or without, or a folder written with a slash.")
  private List<String> names = List.of();

  @Option(names = "--all", description = "Play all lessons.")
  private boolean all;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "How many at a time, 1 to 16 (1); with more than one there are no moments.")
  private int parallel = 1;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The kubeconfig's context (its current one).")
  private String context;

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      description = "The language of the text, as zh-CN (en).")
  private String language = Lesson.ENGLISH;

  @Option(names = "--step", description = "Wait for Enter before each block of commands.")
  private boolean step;

  @Option(
      names = "--board",
      description =
          "Print the address of the board's page, and leave it there until Enter. On 8084 if that"
              + " port is free.")
  private boolean board;

  @Option(
      names = "--no-moments",
      description = "Start no board, which takes memory and time on a small machine.")
  private boolean noMoments;

  @Option(
      names = "--check",
      description =
          "For authors: a lesson fails, too, if an output differs from its text, or if its promises"
              + " hold before it is played.")
  private boolean check;

  @Option(
      names = "--keep",
      description =
          "Leave the namespace, and say how to delete it. What the lesson made outside it, such as"
              + " cluster roles, is removed all the same.")
  private boolean keep;

  @Option(
      names = "--registry",
      paramLabel = "R",
      description = "Where `lab images --registry R --push` pushed the images: R/podlab/SERVICE.")
  private Optional<String> registry = Optional.empty();

  @Option(names = "--tag", paramLabel = "T", description = "The images' tag (that of the lesson).")
  private Optional<String> tag = Optional.empty();

  private final Console console;
  private final Callable<Project> projectHere;
  private final String kubectlProgram;

  public PlayCommand() {
    this(Console.system(), Project::here, "kubectl");
  }

  PlayCommand(Console console, Callable<Project> projectHere, String kubectlProgram) {
    this.console = console;
    this.projectHere = projectHere;
    this.kubectlProgram = kubectlProgram;
  }

  @Override
  public Integer call() throws Exception {
    validateOptions();
    ImageNames images = new ImageNames(registry, tag);
    Project project = projectHere.call();
    Catalog catalog = Catalog.of(project.root().resolve("lessons"));
    if (names.isEmpty() && catalog.lessons().isEmpty()) {
      throw Failure.missing("there are no lessons in " + catalog.folder());
    }
    if (names.isEmpty() && !all) {
      console.table(catalog.rows(language));
      return 0;
    }
    List<Lesson> lessons =
        all ? catalog.lessons() : names.stream().map(catalog::find).distinct().toList();
    Catalog.requireLanguage(language, lessons);
    requireBash();

    Kubectl kubectl = new Kubectl(kubectlProgram, context);
    JsonNode version = console.progress("looking for the cluster", kubectl::requireCluster);
    console.say("plays on " + kubectl.where());
    PlaySettings settings = settings(project, kubectl, version, images);
    if (all) {
      sayWhatIsLeft(kubectl, settings);
    }
    settings.step().ifPresent(prompt -> requireEnter(prompt));
    Player player = new Player(console, settings, parallel, BoardProcess::playLogs);
    Player.Played played = player.play(lessons);
    int exitCode = report(played.results());
    if (played.impossible().isPresent()) {
      throw played.impossible().get();
    }
    return exitCode;
  }

  private void validateOptions() {
    if (all && !names.isEmpty()) {
      throw invalid("--all plays every lesson: leave the names out, or --all");
    }
    if (parallel < 1 || parallel > MOST_PARALLEL) {
      throw invalid("--parallel takes 1 to " + MOST_PARALLEL + ", not " + parallel);
    }
    if (parallel > 1 && (step || board)) {
      throw invalid("--step and --board are for one lesson at a time, without --parallel");
    }
    if (board && noMoments) {
      throw invalid("--board needs the board that --no-moments leaves out");
    }
  }

  private ParameterException invalid(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static void requireBash() {
    if (SearchPath.ofThisProcess().find("bash").isEmpty()) {
      throw Failure.missing("bash is not on the PATH: the commands of the lessons need it");
    }
  }

  private static void requireEnter(Prompt prompt) {
    try {
      prompt.require("to begin", "--step");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of plays that were killed, or that others are playing: which, nobody can tell. */
  private void sayWhatIsLeft(Kubectl kubectl, PlaySettings settings) throws InterruptedException {
    try {
      List<String> left = new ArrayList<>();
      for (JsonNode namespace :
          kubectl.get("namespaces", "-l", LessonCluster.LABEL).path("items")) {
        if (namespace.at("/status/phase").asText().equals("Active")) {
          left.add(namespace.at("/metadata/name").asText());
        }
      }
      if (!left.isEmpty()) {
        console.say(
            "there are namespaces of other plays: "
                + String.join(", ", left)
                + "; if nobody plays them, "
                + settings.kubectl("delete namespace " + String.join(" ", left))
                + " removes them");
      }
    } catch (Failure mayNotList) {
      // Then this account cannot delete them either.
    }
  }

  private PlaySettings settings(
      Project project, Kubectl kubectl, JsonNode version, ImageNames images) throws Exception {
    StopRequest stop = new StopRequest();
    Prompt prompt = new Prompt(console, System.in);
    return new PlaySettings(
        new Shell(stop),
        kubectl.program(),
        Optional.ofNullable(context),
        kubectl.kubeconfig(),
        KubernetesVersion.of(version.path("gitVersion").asText()),
        project.version(),
        images,
        new ImageCheck(),
        language,
        check,
        keep,
        parallel > 1 || noMoments ? Optional.empty() : boards(project, stop),
        step ? Optional.of(prompt) : Optional.empty(),
        board ? Optional.of(prompt) : Optional.empty());
  }

  private Optional<PlaySettings.Boards> boards(Project project, StopRequest stop) throws Exception {
    try {
      stop.during(
          () -> {
            project.build(console, List.of(Service.BOARD));
            return null;
          });
    } catch (Failure notBuilt) {
      console.say(
          "plays without moments: the board cannot be built: "
              + notBuilt.getMessage().lines().findFirst().orElse(""));
      return Optional.empty();
    }
    int port = board ? Service.BOARD.localPort() : 0;
    return Optional.of(
        (namespace, kubeconfig) -> {
          Map<String, String> settings =
              Map.of("KUBECONFIG", kubeconfig.toString(), "LAB_BOARD_NAMESPACES", namespace);
          return new Moments(BoardProcess.start(project, port, settings), stop);
        });
  }

  private int report(List<Result> results) {
    if (results.size() > 1) {
      console.print("");
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("LESSON", "RESULT", "SECONDS", "WHY"));
      results.forEach(
          result ->
              rows.add(
                  List.of(
                      result.lesson(),
                      result.outcome().toString(),
                      Long.toString(result.time().toSeconds()),
                      result.why())));
      console.table(rows);
    }
    if (!results.isEmpty()
        && results.stream().allMatch(result -> result.outcome() == Outcome.SKIPPED)) {
      console.say(
          results.size() == 1
              ? "nothing was shown: the lesson was skipped"
              : "nothing was shown: all lessons were skipped");
    }
    return Result.exitCode(results);
  }
}
