package io.podlab.lab.local;

import io.podlab.lab.Failure;
import io.podlab.lab.cluster.Namespaces;
import io.podlab.lab.console.Console;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab board}. */
@Command(
    name = "board",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the changes in a cluster live, on a web page.",
      "",
      "Starts the board on this machine with your kubeconfig, prints its address when it is ready,"
          + " and runs until Ctrl-C. The board only reads: pods, events, Services, EndpointSlices and"
          + " workloads, and through the API server the state of demo-app and probe-target. If the"
          + " board is not built, Maven builds it first.",
      "",
      "With --recording: shows a saved recording, without a cluster."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the help was printed; the board itself runs until a signal",
      "1:a namespace does not exist or is forbidden, or the board did not start",
      "2:the command line is invalid",
      "3:kubectl, a reachable cluster or the recording is missing",
      "4:the port is in use",
      "130:stopped by Ctrl-C",
      "143:stopped by SIGTERM"
    },
    footer = {
      "",
      "Examples:",
      "  lab board",
      "  lab board --context kind-lab --namespace shop --namespace payments",
      "  lab board --recording monday.json"
    })
public final class BoardCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int HIGHEST_PORT = 65535;

  @Spec private CommandSpec spec;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context of the kubeconfig (default: the current context).")
  private String context;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      arity = "1..*",
      split = ",",
      description = "The namespaces to show (default: that of the context).")
  private List<String> namespaces = List.of();

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      description = "Show this recording instead of a cluster.")
  private Path recording;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port on 127.0.0.1 (default 8084).")
  private int port = Service.BOARD.localPort();

  @Override
  public Integer call() throws Exception {
    validateOptions();
    Console console = Console.system();
    Project project = Project.here();
    Map<String, String> settings = new TreeMap<>();
    String shown;
    if (recording == null) {
      Namespaces cluster = new Namespaces(console, context);
      List<String> watched = cluster.watchable(namespaces);
      settings.put("LAB_BOARD_NAMESPACES", String.join(",", watched));
      if (context != null) {
        settings.put("LAB_BOARD_CONTEXT", context);
      }
      shown = "namespace " + String.join(", ", watched) + " of " + cluster.where();
    } else {
      if (!Files.isReadable(recording) || Files.isDirectory(recording)) {
        throw Failure.missing(
            "cannot read the recording '"
                + recording
                + "'; save one on the board's page, or with `curl localhost:8084/recording.json -o "
                + recording
                + "`");
      }
      settings.put("LAB_BOARD_RECORDING", recording.toAbsolutePath().toString());
      shown = "the recording " + recording;
    }
    new LocalBoard(
            console,
            StateFolder.ofThisUser().ofBoard(port),
            LocalBoard.program(project, port, settings),
            () -> project.build(console, List.of(Service.BOARD)))
        .run(shown, PATIENCE);
    return 0;
  }

  private void validateOptions() {
    if (recording != null && (context != null || !namespaces.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "--recording shows a file, so leave out --context and --namespace");
    }
    if (port < 1 || port > HIGHEST_PORT) {
      throw new ParameterException(
          spec.commandLine(),
          "--port is invalid: '" + port + "' is out of range; use 1 to " + HIGHEST_PORT);
    }
  }
}
