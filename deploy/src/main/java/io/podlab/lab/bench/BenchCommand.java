package io.podlab.lab.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Port;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code lab bench}. */
@CommandLine.Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    optionListHeading = "%nOptions:%n",
    description = {
      "Measures the packaged services on 127.0.0.1: start to first 200, memory, requests a second and"
          + " p99 latency under wrk; of configmap-service also, as config-reload, how soon a change is"
          + " in effect.",
      "",
      "`tokens` measures the file backend of token-service: durable creates a second, the listing of"
          + " 1,000 tokens, and what the disk makes at best of writes that wait for it.",
      "",
      "A peer, if there is one, is measured in turn with ours in the same run; both keep the access"
          + " log that they have by default, as demo-app and netexec do. Medians are printed; no figure"
          + " makes the command fail."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured, whatever the figures are",
      "1:a service or the peer did not come up",
      "2:the command line makes no sense",
      "3:wrk or the peer's program is missing",
      "4:the peer's port is taken"
    },
    footer = {
      "",
      "Examples:",
      "  lab bench demo-app --runs 5",
      "  lab bench probe-target --peer 'podinfo --port=8080' --json bench.json"
    })
public final class BenchCommand implements Callable<Integer> {
  /** The entry that is not measured with wrk. */
  static final String TOKENS = "tokens";

  private static final int MOST_RUNS = 20;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /**
   * For a JVM's second compiler to be done; with the load it is less than agnhost's ten good
   * seconds.
   */
  private static final Duration WARM_UP = Duration.ofSeconds(4);

  @Parameters(paramLabel = "ENTRY", arity = "0..*", description = "Which ones; all if none.")
  private List<String> names = List.of();

  @Option(
      names = "--peer",
      paramLabel = "COMMAND",
      description = {
        "A program to compare with, started without a shell. Default where it is on the PATH:"
            + " `agnhost netexec --http-port=8080` for demo-app, `agnhost liveness` for probe-target."
      })
  private Optional<String> peer = Optional.empty();

  @Option(
      names = "--peer-url",
      paramLabel = "URL",
      description = "Where --peer answers, on loopback. Default: http://127.0.0.1:8080/ + our path")
  private Optional<URI> peerUrl = Optional.empty();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "Starts of each, 1 to " + MOST_RUNS + ". Default: ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--duration",
      paramLabel = "D",
      defaultValue = "5s",
      converter = Seconds.class,
      description = "Of the load in each run, 1s to 60s. Default: ${DEFAULT-VALUE}")
  private Duration duration;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes all samples there.")
  private Optional<Path> json = Optional.empty();

  private final Console console;
  private final SearchPath searchPath;
  private final Callable<Project> project;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  public BenchCommand() {
    this(Console.system(), SearchPath.ofThisProcess(), Project::here);
  }

  BenchCommand(Console console, SearchPath searchPath, Callable<Project> project) {
    this.console = console;
    this.searchPath = searchPath;
    this.project = project;
  }

  /** {@code 5s}, {@code 1m}. */
  static final class Seconds implements ITypeConverter<Duration> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,4})(s|m)");

    @Override
    public Duration convert(String value) {
      Matcher matcher = SHAPE.matcher(value);
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + value + "' is no duration: write 5s or 1m");
      }
      long number = Long.parseLong(matcher.group(1));
      return matcher.group(2).equals("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
    }
  }

  /** The whole of {@code --json}. */
  record Report(
      @JsonProperty int runs,
      @JsonProperty long loadSeconds,
      @JsonProperty int connections,
      @JsonProperty Machine machine,
      @JsonProperty List<Map<String, Object>> entries,
      @JsonProperty List<TokenSample> tokens,
      @JsonProperty List<Distribution> reloads) {}

  record Machine(@JsonProperty int cores, @JsonProperty String java, @JsonProperty String system) {
    static Machine here() {
      return new Machine(
          Runtime.getRuntime().availableProcessors(),
          (System.getProperty("java.vendor.version", "")
                  + " "
                  + System.getProperty("java.runtime.version"))
              .strip(),
          System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    String sentence() {
      return cores
          + " cores, "
          + system
          + ", Java "
          + java
          + (Runtime.version().feature() < 25
              ? " (before 25: started without an AOT cache, which the images have)"
              : " (without the AOT cache that the images have)");
    }
  }

  /** One entry and, if there is one, what it is compared with. */
  private record Pairing(Entry entry, Optional<List<String>> peer, Optional<URI> peerUrl) {}

  @Override
  public Integer call() throws Exception {
    checkRange();
    boolean tokens = names.isEmpty() || names.contains(TOKENS);
    boolean reload = names.isEmpty() || names.contains(ReloadBench.NAME);
    List<Entry> entries =
        names.isEmpty()
            ? Entry.all()
            : names.stream()
                .distinct()
                .filter(name -> !name.equals(TOKENS) && !name.equals(ReloadBench.NAME))
                .map(Entry::named)
                .toList();
    Wrk wrk = new Wrk(entries.isEmpty() ? Path.of("wrk") : findWrk());
    List<Pairing> pairings = entries.stream().map(this::pair).toList();
    for (Pairing pairing : pairings) {
      pairing.peerUrl().ifPresent(BenchCommand::requireFree);
    }
    Project project = this.project.call();
    Set<Service> services = EnumSet.noneOf(Service.class);
    entries.forEach(entry -> services.add(entry.service()));
    if (tokens) {
      services.add(Service.TOKEN_SERVICE);
    }
    if (reload) {
      services.add(Service.CONFIGMAP_SERVICE);
    }
    project.build(console, List.copyOf(services));

    Path state = Files.createTempDirectory("podlab-bench");
    Thread cleaner = new Thread(() -> cleanUp(state), "clean up");
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      List<Outcome> outcomes = new ArrayList<>();
      for (Pairing pairing : pairings) {
        outcomes.add(measure(project, wrk, pairing, state));
      }
      print(
          outcomes,
          tokens ? measureTokens(project, state) : List.of(),
          reload ? reloads(project, state) : List.of());
      return 0;
    } finally {
      cleanUp(state);
      try {
        Runtime.getRuntime().removeShutdownHook(cleaner);
      } catch (IllegalStateException alreadyShuttingDown) {
        // Then the hook does the same again, which is harmless.
      }
    }
  }

  private Path findWrk() {
    return searchPath
        .find("wrk")
        .orElseThrow(
            () ->
                Failure.missing(
                    "wrk is not on the PATH, and it makes the load: apt install wrk, dnf"
                        + " install wrk or brew install wrk"));
  }

  private List<Distribution> reloads(Project project, Path state) throws Exception {
    Entry entry = Entry.named(Service.CONFIGMAP_SERVICE.title());
    return new ReloadBench(
            console,
            searchPath,
            running::add,
            this::stopAll,
            folder -> ours(project, entry, folder))
        .measure(state.resolve(ReloadBench.NAME));
  }

  private void checkRange() {
    if (runs < 1 || runs > MOST_RUNS) {
      throw Failure.usage("--runs " + runs + " is out of range: 1 to " + MOST_RUNS);
    }
    if (duration.toSeconds() < 1 || duration.compareTo(LONGEST) > 0) {
      throw Failure.usage("--duration " + duration.toSeconds() + "s is out of range: 1s to 60s");
    }
    if (peerUrl.isPresent() && peer.isEmpty()) {
      throw Failure.usage("--peer-url says where --peer answers: give that too");
    }
  }

  private Pairing pair(Entry entry) {
    if (peer.isPresent()) {
      URI url = peerUrl.orElse(URI.create("http://127.0.0.1:8080" + entry.path()));
      requireLoopback(url);
      return new Pairing(entry, Optional.of(Words.of(peer.get())), Optional.of(url));
    }
    Optional<Entry.Peer> usable =
        entry.peer().filter(one -> searchPath.find(one.words().get(0)).isPresent());
    if (usable.isEmpty() && entry.peer().isPresent()) {
      console.say(
          entry.name()
              + " is measured alone: "
              + entry.peer().get().words().get(0)
              + " is not on the PATH");
    }
    return new Pairing(
        entry,
        usable.map(Entry.Peer::words),
        usable.map(one -> URI.create("http://127.0.0.1:" + one.port() + entry.path())));
  }

  /** Load is for this machine's own programs only. */
  static void requireLoopback(URI url) {
    if (!"http".equals(url.getScheme())
        || url.getHost() == null
        || !List.of("127.0.0.1", "localhost").contains(url.getHost())) {
      throw Failure.usage("--peer-url " + url + " is not on this machine: http://127.0.0.1:PORT/…");
    }
  }

  /** Else what already listens there would be measured in the peer's stead. */
  private static void requireFree(URI url) {
    int port = url.getPort() == -1 ? 80 : url.getPort();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.getHost(), port), 1000);
    } catch (IOException free) {
      return;
    }
    throw Failure.conflict(
        "port " + port + " of 127.0.0.1 is taken, and the peer needs it: stop what listens there");
  }

  private Outcome measure(Project project, Wrk wrk, Pairing pairing, Path state) throws Exception {
    List<Sample> ours = new ArrayList<>();
    List<Sample> peers = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      ours.add(sample(wrk, ours(project, pairing.entry(), state.resolve("run-" + run)), run));
      if (pairing.peer().isPresent()) {
        pairing.peerUrl().ifPresent(BenchCommand::requireFree);
        peers.add(sample(wrk, peer(project, pairing), run));
      }
    }
    return new Outcome(
        pairing.entry().name(),
        pairing.entry().path(),
        pairing.peer().map(words -> String.join(" ", words)),
        ours,
        peers);
  }

  /** Each run with a service and a state directory of its own. */
  private List<TokenSample> measureTokens(Project project, Path state) throws Exception {
    List<TokenSample> samples = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      Path own = Files.createDirectories(state.resolve(TOKENS + "-" + run));
      int port = freePort();
      Subject subject =
          new Subject(
              TOKENS,
              command(project, Service.TOKEN_SERVICE, port, own)
                  .withEnvironment("LAB_TOKEN_DIR", own.resolve("podlab/token-service").toString())
                  // It is the disk that is measured, not the limit.
                  .withEnvironment("LAB_TOKEN_MAX_CREATES", "1000000"),
              URI.create("http://127.0.0.1:" + port + Service.TOKEN_SERVICE.essentialPath()),
              log(project, TOKENS));
      samples.add(
          console.progress(
              "measuring " + TOKENS + ", run " + run + " of " + runs,
              () -> {
                try {
                  subject.start(running::add);
                  TokenLoad load = TokenLoad.of(subject.url(), own);
                  load.warmUp();
                  return load.measure(own);
                } finally {
                  stopAll();
                }
              }));
    }
    return samples;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private Subject ours(Project project, Entry entry, Path state) throws IOException {
    int port = freePort();
    Files.createDirectories(state);
    return new Subject(
        entry.name(),
        command(project, entry.service(), port, state),
        URI.create("http://127.0.0.1:" + port + entry.path()),
        log(project, entry.name()));
  }

  /** Touches nothing of a lab that is up on the same machine. */
  static Command command(Project project, Service service, int port, Path state) {
    Command command =
        project
            .run(service, port)
            .withEnvironment("XDG_STATE_HOME", state.toString())
            .withEnvironment("LAB_PROBE_FILES", state.toString());
    for (Port other : service.otherPorts()) {
      command = command.withEnvironment(other.variable(), "0");
    }
    return command;
  }

  private Subject peer(Project project, Pairing pairing) {
    List<String> words = pairing.peer().orElseThrow();
    return new Subject(
        String.join(" ", words),
        Command.of(words),
        pairing.peerUrl().orElseThrow(),
        log(project, pairing.entry().name() + "-peer"));
  }

  private static Path log(Project project, String name) {
    return project.root().resolve("deploy/target/bench-" + name + ".log");
  }

  private Sample sample(Wrk wrk, Subject subject, int run) throws Exception {
    return console.progress(
        "measuring " + subject.title() + ", run " + run + " of " + runs,
        () -> {
          try {
            Subject.Started started = subject.start(running::add);
            long pid = started.process().pid();
            double idle = Memory.residentMiB(pid);
            load(wrk, subject, WARM_UP);
            Wrk.Load load = load(wrk, subject, duration);
            return new Sample(
                started.startMillis(),
                idle,
                load.requestsPerSecond(),
                load.p99Millis(),
                Memory.residentMiB(pid),
                load.unsuccessful());
          } finally {
            stopAll();
          }
        });
  }

  private static Wrk.Load load(Wrk wrk, Subject subject, Duration duration)
      throws InterruptedException {
    Command.Result result = wrk.command(subject.url(), duration).run();
    if (!result.succeeded()) {
      throw Failure.failed("wrk failed on " + subject.title() + ": " + result.err().strip());
    }
    return Wrk.parse(result.out());
  }

  /** What configmap-service is held to: it answers from memory, as demo-app does. */
  private void printRatioOfOurOwn(List<Outcome> outcomes) {
    Optional<Double> config = requestsPerSecond(outcomes, Service.CONFIGMAP_SERVICE);
    Optional<Double> demo = requestsPerSecond(outcomes, Service.DEMO_APP);
    if (config.isPresent() && demo.isPresent()) {
      console.print(
          String.format(
              Locale.ROOT,
              "configmap-service answers %.2f of the requests a second that demo-app does",
              config.get() / demo.get()));
    }
  }

  private static Optional<Double> requestsPerSecond(List<Outcome> outcomes, Service service) {
    return outcomes.stream()
        .filter(outcome -> outcome.entry().equals(service.title()))
        .map(outcome -> outcome.oursMedian().requestsPerSecond())
        .findFirst();
  }

  private void stopAll() {
    for (Process process : running) {
      Subject.stop(process);
      running.remove(process);
    }
  }

  private void cleanUp(Path state) {
    stopAll();
    try (var files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException gone) {
      // Left in the temporary folder, or gone already.
    }
  }

  private void print(List<Outcome> outcomes, List<TokenSample> tokens, List<Distribution> reloads)
      throws IOException {
    Machine machine = Machine.here();
    for (Outcome outcome : outcomes) {
      console.table(outcome.table());
      console.print("");
    }
    if (!tokens.isEmpty()) {
      console.table(TokenSample.table(tokens));
      console.print("");
    }
    if (!reloads.isEmpty()) {
      List<List<String>> rows = new ArrayList<>(List.of(Distribution.HEAD));
      reloads.forEach(reload -> rows.add(reload.row()));
      console.table(rows);
      console.print("");
    }
    console.print(
        "medians of "
            + runs
            + (runs == 1 ? " run; " : " runs; ")
            + machine.sentence()
            + (tokens.isEmpty() ? "" : "; tokens: " + TokenLoad.CLIENTS + " clients")
            + (outcomes.isEmpty()
                ? ""
                : "; wrk: 1 thread, "
                    + Wrk.CONNECTIONS
                    + " connections, "
                    + duration.toSeconds()
                    + " s; access logs on, to files, in those that have one"));
    printRatioOfOurOwn(outcomes);
    for (Outcome outcome : outcomes) {
      long unsuccessful =
          Math.round(
              outcome.oursMedian().unsuccessful()
                  + outcome.peersMedian().map(Sample::unsuccessful).orElse(0.0));
      if (unsuccessful > 0) {
        console.print(outcome.entry() + ": " + unsuccessful + " answers were neither 2xx nor 3xx");
      }
    }
    if (json.isPresent()) {
      Report report =
          new Report(
              runs,
              duration.toSeconds(),
              Wrk.CONNECTIONS,
              machine,
              outcomes.stream().map(Outcome::json).toList(),
              tokens,
              reloads);
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(json.get().toFile(), report);
      console.say("all samples are in " + json.get());
    }
  }
}
