package io.podlab.lab.lesson;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.lab.Failure;
import io.podlab.lab.cluster.Kubectl;
import io.podlab.lab.console.Console;
import io.podlab.lab.local.BoardProcess;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import io.podlab.lab.record.Outcome;
import io.podlab.lab.record.RecordFile;
import io.podlab.lab.report.Report;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
      "Plays lessons on a cluster, and checks that the cluster did what they teach.",
      "",
      "Without a name: lists the lessons, with your last result of each on this cluster. With a"
          + " name: creates a namespace for the lesson, runs its"
          + " commands, shows their output and the changes in the cluster, checks each promise of"
          + " the lesson, and removes everything that it created, also after Ctrl-C.",
      "",
      "A lesson is skipped, with the reason, if the cluster lacks an image, a version or a"
          + " permission that the lesson needs.",
      "",
      "The results of all plays are recorded in a file, which is below $XDG_STATE_HOME if this is"
          + " set: ~/.local/state/podlab/play/record.jsonl. Nothing is sent anywhere; delete the file"
          + " to start again.",
      "",
      "If SIGKILL ends `lab play`, it cannot clean up. Make sure that no lesson is running, and then"
          + " remove what is left on the cluster:",
      "",
      "  kubectl delete namespaces,clusterrolebindings -l podlab.io/lesson",
      "  kubectl delete roles,rolebindings -A -l podlab.io/lesson",
      "",
      "Then remove by hand:",
      "",
      "  join-token, node-join  Secrets bootstrap-token-... in kube-system, with a",
      "                         description that starts with \"podlab lesson\"",
      "  static-pod             the file with the name of the namespace, in",
      "                         /etc/kubernetes/manifests on its node",
      "  every play             the temporary directory podlab-play..., which",
      "                         contains a kubeconfig"
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success: the list was printed, or at least one lesson passed and none failed",
      "1:a lesson failed, or all lessons were skipped",
      "2:the command line is invalid",
      "3:kubectl, a reachable cluster, permission to create namespaces or the lesson is missing",
      "129:stopped because the terminal was closed; cleaned up",
      "130:stopped by Ctrl-C; cleaned up",
      "143:stopped by SIGTERM; cleaned up"
    },
    footer = {
      "",
      "Examples:",
      "  lab play",
      "  lab play liveness-http --step --board",
      "  lab play ./my-lesson --check",
      "  lab play --all --parallel 4 --context kind-lab",
      "  lab play --all --report report.html",
      "  lab play --all --registry ghcr.io/me --tag 1.0.0"
    })
public final class PlayCommand implements Callable<Integer> {
  private static final int MOST_PARALLEL = 16;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "LESSON",
      arity = "0..*",
      description =
          "The name of a lesson, with or without its number, or a directory such as ./my-lesson.")
  private List<String> names = List.of();

  @Option(names = "--all", description = "Play all lessons.")
  private boolean all;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "The number of lessons to play at the same time, 1 to 16 (default 1). With more than one,"
              + " moments are not shown.")
  private int parallel = 1;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context of the kubeconfig (default: the current context).")
  private String context;

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      description = "The language of the text, en or zh-CN (default en).")
  private String language = Lesson.ENGLISH;

  @Option(names = "--step", description = "Wait for Enter before each block of commands.")
  private boolean step;

  @Option(
      names = "--board",
      description =
          "Print the address of the board, and keep the board until you press Enter. Its port is"
              + " 8084 if that port is free.")
  private boolean board;

  @Option(
      names = "--no-moments",
      description =
          "Do not start a board, and do not show moments. Saves memory and time on a small machine.")
  private boolean noMoments;

  @Option(
      names = "--check",
      description =
          "For authors: a lesson also fails if an output differs from its text, or if its promises"
              + " hold before it is played.")
  private boolean check;

  @Option(
      names = "--keep",
      description =
          "Keep the namespace, and print how to delete it. Objects that the lesson created outside"
              + " the namespace, such as cluster roles, are removed.")
  private boolean keep;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write a standalone HTML page about the lessons: each promise, what was seen, and the"
              + " board's picture. With --parallel or --no-moments, the page has no pictures. An"
              + " existing file is replaced.")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--registry",
      paramLabel = "R",
      description =
          "The registry of the images R/podlab/SERVICE, as in `lab images --registry R --push`"
              + ".")
  private Optional<String> registry = Optional.empty();

  @Option(
      names = "--tag",
      paramLabel = "T",
      description = "The tag of the images (default: the lesson's).")
  private Optional<String> tag = Optional.empty();

  private final Console console;
  private final Callable<Project> projectHere;
  private final String kubectlProgram;
  private final RecordFile record;

  public PlayCommand() {
    this(Console.system(), Project::here, "kubectl", RecordFile.ofThisUser());
  }

  PlayCommand(
      Console console, Callable<Project> projectHere, String kubectlProgram, RecordFile record) {
    this.console = console;
    this.projectHere = projectHere;
    this.kubectlProgram = kubectlProgram;
    this.record = record;
  }

  @Override
  public Integer call() throws Exception {
    validateOptions();
    ImageNames images = new ImageNames(registry, tag);
    Project project = projectHere.call();
    Catalog catalog = Catalog.of(project.lessons());
    if (names.isEmpty() && catalog.lessons().isEmpty()) {
      throw Failure.missing("no lessons in directory '" + catalog.folder() + "'");
    }
    Kubectl kubectl = new Kubectl(kubectlProgram, context);
    if (names.isEmpty() && !all) {
      list(catalog, kubectl);
      return 0;
    }
    List<Lesson> lessons =
        all ? catalog.lessons() : names.stream().map(catalog::find).distinct().toList();
    Catalog.requireLanguage(language, lessons);
    requireBash();

    JsonNode version = console.progress("connecting to the cluster", kubectl::requireCluster);
    console.say("playing on " + kubectl.where());
    Consumer<PlayedLesson> whenEnded = recorder(catalog, kubectl);
    if (report.isPresent()) {
      ReportFile file = reportFile(project, kubectl, version, lessons);
      file.begin();
      whenEnded = whenEnded.andThen(file::add);
    }
    PlaySettings settings = settings(project, kubectl, version, images, whenEnded);
    if (all) {
      sayWhatIsLeft(kubectl, settings);
    }
    settings.step().ifPresent(prompt -> requireEnter(prompt));
    Player player = new Player(console, settings, parallel, BoardProcess::playLogs);
    Player.Played played = player.play(lessons);
    int exitCode = show(played.results());
    report.ifPresent(file -> console.say("the report is " + file.toAbsolutePath().normalize()));
    if (played.impossible().isPresent()) {
      throw played.impossible().get();
    }
    return exitCode;
  }

  private void list(Catalog catalog, Kubectl kubectl) throws Exception {
    PlayRecord.LastResults last = playRecord(kubectl).lastResults();
    console.table(catalog.rows(language, last.ofLessons()));
    last.note().ifPresent(console::say);
  }

  private PlayRecord playRecord(Kubectl kubectl) {
    Shell shell = new Shell(new StopRequest());
    return new PlayRecord(record, new ClusterIdentity(kubectl, shell), console);
  }

  /** Records the lessons of the list, but not an author's copies, which can have the same name. */
  private Consumer<PlayedLesson> recorder(Catalog catalog, Kubectl kubectl)
      throws InterruptedException {
    Consumer<Result> add = playRecord(kubectl).ofRun();
    return played -> {
      if (catalog.lessons().contains(played.lesson())) {
        add.accept(played.result());
      }
    };
  }

  private ReportFile reportFile(
      Project project, Kubectl kubectl, JsonNode version, List<Lesson> lessons)
      throws InterruptedException {
    Report empty =
        new Report(
            kubectl.where(),
            version.path("gitVersion").asText(),
            project.version(),
            Instant.now(),
            language,
            List.of());
    return new ReportFile(report.orElseThrow(), empty, lessons, console);
  }

  private void validateOptions() {
    if (all && !names.isEmpty()) {
      throw invalid("--all cannot be used with the name of a lesson; use one of them");
    }
    if (report.isPresent() && names.isEmpty() && !all) {
      throw invalid("--report needs lessons; name some, or use --all");
    }
    if (parallel < 1 || parallel > MOST_PARALLEL) {
      throw invalid(
          "--parallel is invalid: '" + parallel + "' is out of range; use 1 to " + MOST_PARALLEL);
    }
    if (parallel > 1 && (step || board)) {
      throw invalid("--step and --board play one lesson at a time; leave out --parallel");
    }
    if (board && noMoments) {
      throw invalid("--board cannot be used with --no-moments; use one of them");
    }
  }

  private ParameterException invalid(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static void requireBash() {
    if (SearchPath.ofThisProcess().find("bash").isEmpty()) {
      throw Failure.missing("bash is not on the PATH; install it to play lessons");
    }
  }

  private static void requireEnter(Prompt prompt) {
    try {
      prompt.require("to begin", "--step");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lists the namespaces of other plays, which were killed or are running now. */
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
            "found namespaces of other plays: "
                + String.join(", ", left)
                + "; if these plays are not running, remove them with "
                + settings.kubectl("delete namespace " + String.join(" ", left)));
      }
    } catch (Failure mayNotList) {
      // An account that may not list namespaces cannot delete them either.
    }
  }

  private PlaySettings settings(
      Project project,
      Kubectl kubectl,
      JsonNode version,
      ImageNames images,
      Consumer<PlayedLesson> whenEnded)
      throws Exception {
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
        board ? Optional.of(prompt) : Optional.empty(),
        report.isPresent(),
        whenEnded);
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
          "playing without moments: the board cannot be built: "
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

  private int show(List<Result> results) {
    if (results.size() > 1) {
      console.print("");
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("LESSON", "RESULT", "SECONDS", "REASON"));
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
              ? "the lesson was skipped; nothing was checked"
              : "all lessons were skipped; nothing was checked");
    }
    return Result.exitCode(results);
  }
}
