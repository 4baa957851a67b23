package io.podlab.lab.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.local.FakeService.Manner;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalLabTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(10);

  @TempDir Path temporary;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private StateFolder folder;

  @BeforeEach
  void useATemporaryStateFolder() {
    folder = new StateFolder(temporary.resolve("podlab"));
  }

  @AfterEach
  void leaveNothingRunning() throws Exception {
    new Stopper(Duration.ofMillis(100)).stop(new RunFile(folder).read().alive());
  }

  private LocalLab lab(Duration grace, Program... programs) {
    Console console = new Console(new PrintStream(out, true), new PrintStream(err, true), false);
    return new LocalLab(console, folder, List.of(programs), () -> {}, grace);
  }

  private LocalLab lab(Program... programs) {
    return lab(GRACE, programs);
  }

  private static Program good(String title) {
    return FakeService.program(title, Manner.GOOD);
  }

  private static boolean answers(Program program) {
    return Readiness.isReady(program.readiness());
  }

  private List<StartedProcess> alive() throws Exception {
    return new RunFile(folder).read().alive();
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private void ends(StartedProcess started) {
    await().until(() -> !started.isAlive());
  }

  @Test
  void detachedUpReturnsWithEveryServiceReady() throws Exception {
    // Given
    Program alpha = good("alpha");
    Program beta = good("beta");

    // When
    lab(alpha, beta).up(true, PATIENCE);

    // Then
    assertThat(List.of(alpha, beta)).allMatch(LocalLabTest::answers);
  }

  @Test
  void upShowsOneCurlForEachService() throws Exception {
    // Given
    Program alpha = good("alpha");

    // When
    lab(alpha).up(true, PATIENCE);

    // Then
    assertThat(out().lines())
        .containsExactly(
            "SERVICE  ADDRESS                 TRY",
            String.format("alpha    http://localhost:%1$d  curl localhost:%1$d/", alpha.port()));
  }

  @Test
  void downEndsEveryProcessThatUpStarted() throws Exception {
    // Given
    LocalLab lab = lab(good("alpha"), good("beta"));
    lab.up(true, PATIENCE);
    List<StartedProcess> started = alive();

    // When
    lab.down();

    // Then
    assertThat(started).hasSize(2).noneMatch(StartedProcess::isAlive);
  }

  @Test
  void downSaysWhatItStopped() throws Exception {
    // Given
    LocalLab lab = lab(good("alpha"), good("beta"));
    lab.up(true, PATIENCE);

    // When
    lab.down();

    // Then
    assertThat(out()).endsWith("stopped alpha, beta\n");
  }

  @Test
  void downOfNothingIsNoFailure() throws Exception {
    // Given
    LocalLab lab = lab(good("alpha"));

    // When
    lab.down();

    // Then
    assertThat(out()).isEqualTo("nothing is running\n");
  }

  @Test
  void downKillsAServiceThatDoesNotListen() throws Exception {
    // Given
    LocalLab lab = lab(Duration.ofMillis(200), FakeService.program("alpha", Manner.DEAF));
    lab.up(true, PATIENCE);
    StartedProcess deaf = alive().get(0);

    // When
    lab.down();

    // Then
    assertThat(deaf.isAlive()).isFalse();
  }

  @Test
  void downNeverKillsAProcessThatGotTheSamePidLater() throws Exception {
    // Given
    Process stranger = Command.of("sleep", "60").builder().start();
    folder.create();
    StartedProcess recycled =
        new StartedProcess("alpha", stranger.pid(), Instant.now().minusSeconds(3600));
    new RunFile(folder).write(new Run(false, List.of(recycled)));

    // When
    lab(good("alpha")).down();

    // Then
    boolean spared = !stranger.waitFor(300, TimeUnit.MILLISECONDS);
    stranger.destroyForcibly();
    assertThat(spared).isTrue();
  }

  @Test
  void aSecondUpIsRefused() throws Exception {
    // Given
    LocalLab lab = lab(good("alpha"));
    lab.up(true, PATIENCE);

    // When
    Failure failure = catchThrowableOfType(Failure.class, () -> lab.up(true, PATIENCE));

    // Then
    assertThat(failure)
        .hasMessageContaining("already running")
        .hasMessageContaining("deploy/lab down")
        .extracting(Failure::exitCode)
        .isEqualTo(Failure.CONFLICT);
  }

  @Test
  void aSecondUpLeavesTheRunningLabAsItIs() throws Exception {
    // Given
    LocalLab lab = lab(good("alpha"));
    lab.up(true, PATIENCE);
    List<StartedProcess> before = alive();

    // When
    assertThatThrownBy(() -> lab.up(true, PATIENCE)).isInstanceOf(Failure.class);

    // Then
    assertThat(alive()).isEqualTo(before).hasSize(1);
  }

  @Test
  void anUpWhileAnotherOneStartsIsRefused() throws Exception {
    // Given
    LocalLab lab = lab(good("alpha"));
    folder.create();
    Failure[] failure = new Failure[1];

    // When
    new RunFile(folder)
        .tryExclusively(
            () -> failure[0] = catchThrowableOfType(Failure.class, () -> lab.up(true, PATIENCE)));

    // Then
    assertThat(failure[0]).hasMessageContaining("another `lab up`");
  }

  @Test
  void everyTakenPortIsNamed() throws Exception {
    // Given
    Program alpha = good("alpha");
    Program beta = good("beta");
    Program gamma = good("gamma");
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(alpha.port(), 1, loopback);
        ServerSocket second = new ServerSocket(gamma.port(), 1, loopback)) {
      assertThat(List.of(first, second)).allMatch(ServerSocket::isBound);

      // When
      Failure failure =
          catchThrowableOfType(Failure.class, () -> lab(alpha, beta, gamma).up(true, PATIENCE));

      // Then
      assertThat(failure.getMessage().lines())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("port " + alpha.port() + " (alpha) is in use"),
              line -> assertThat(line).startsWith("port " + gamma.port() + " (gamma) is in use"));
    }
  }

  @Test
  void nothingIsStartedWhenOneOfThePortsIsTaken() throws Exception {
    // Given
    Program alpha = good("alpha");
    Program beta = good("beta");
    try (ServerSocket taken = new ServerSocket(beta.port(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();

      // When
      assertThatThrownBy(() -> lab(alpha, beta).up(true, PATIENCE)).isInstanceOf(Failure.class);

      // Then
      assertThat(folder.log("alpha")).doesNotExist();
    }
  }

  @Test
  void aServiceThatDiesAtOnceIsShownWithItsLastWords() {
    // Given
    LocalLab lab = lab(good("alpha"), FakeService.program("beta", Manner.DIES));

    // When
    Failure failure = catchThrowableOfType(Failure.class, () -> lab.up(true, PATIENCE));

    // Then
    assertThat(failure)
        .hasMessageStartingWith("beta ended with exit code 3")
        .hasMessageContaining("\n  LAB_COLOR: 'purplish' is not a color")
        .extracting(Failure::exitCode)
        .isEqualTo(Failure.FAILED);
  }

  @Test
  void whenOneServiceDiesAtOnceTheOthersAreStopped() {
    // Given
    Program alpha = good("alpha");
    LocalLab lab = lab(alpha, FakeService.program("beta", Manner.DIES));

    // When
    assertThatThrownBy(() -> lab.up(true, PATIENCE)).isInstanceOf(Failure.class);

    // Then
    assertThat(answers(alpha)).isFalse();
  }

  @Test
  void aServiceThatIsNotReadyInTimeIsNamed() {
    // Given
    LocalLab lab = lab(FakeService.program("alpha", Manner.NEVER_READY));

    // When
    Failure failure =
        catchThrowableOfType(Failure.class, () -> lab.up(true, Duration.ofSeconds(2)));

    // Then
    assertThat(failure).hasMessageStartingWith("alpha was not ready after 2 s");
  }

  @Test
  void aServiceThatIsNotReadyInTimeIsStopped() throws Exception {
    // Given
    LocalLab lab = lab(FakeService.program("alpha", Manner.NEVER_READY));

    // When
    assertThatThrownBy(() -> lab.up(true, Duration.ofSeconds(1))).isInstanceOf(Failure.class);

    // Then
    assertThat(new RunFile(folder).read()).isEqualTo(Run.none());
  }

  @Test
  void theForegroundUpEndsWellWhenDownStopsItsServices() throws Exception {
    // Given
    LocalLab lab = lab(good("alpha"), good("beta"));
    CompletableFuture<Void> foreground = inForeground(lab);

    // When
    lab.down();

    // Then
    assertThat(foreground.get(20, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void theForegroundUpFailsWhenAServiceDies() throws Exception {
    // Given
    LocalLab lab = lab(good("alpha"), good("beta"));
    CompletableFuture<Void> foreground = inForeground(lab);

    // When
    alive().get(1).process().orElseThrow().destroyForcibly();

    // Then
    assertThatThrownBy(foreground::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Failure.class)
        .hasMessageContaining("beta ended with exit code 137");
  }

  @Test
  void whenAServiceDiesInTheForegroundTheOthersAreStopped() throws Exception {
    // Given
    LocalLab lab = lab(good("alpha"), good("beta"));
    CompletableFuture<Void> foreground = inForeground(lab);
    StartedProcess alpha = alive().get(0);

    // When
    alive().get(1).process().orElseThrow().destroyForcibly();

    // Then
    assertThat(foreground).failsWithin(Duration.ofSeconds(20));
    assertThat(alpha.isAlive()).isFalse();
  }

  private CompletableFuture<Void> inForeground(LocalLab lab) {
    CompletableFuture<Void> ended =
        CompletableFuture.runAsync(
            () -> {
              try {
                lab.up(false, PATIENCE);
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
    await().atMost(PATIENCE).until(() -> err().contains("press Ctrl-C to stop") || ended.isDone());
    return ended;
  }

  @Test
  void sigtermToTheForegroundUpStopsItsServices() throws Exception {
    // Given
    Process foreground = foregroundProcess(FakeService.freePort());
    await().atMost(PATIENCE).until(() -> foregroundSays("press Ctrl-C to stop"));
    StartedProcess alpha = alive().get(0);

    // When
    foreground.destroy();

    // Then
    assertThat(foreground.waitFor()).isEqualTo(143);
    assertThat(alpha.isAlive()).isFalse();
  }

  @Test
  void afterASignalOnlyTheStopIsReported() throws Exception {
    // Given
    Process foreground = foregroundProcess(FakeService.freePort());
    await().atMost(PATIENCE).until(() -> foregroundSays("press Ctrl-C to stop"));

    // When
    foreground.destroy();
    foreground.waitFor();

    // Then
    assertThat(Files.readAllLines(temporary.resolve("foreground.err")))
        .filteredOn(line -> !line.contains("…")) // progress, if stopping is slow
        .endsWith("lab: press Ctrl-C to stop, or run `deploy/lab down`", "lab: stopped alpha");
  }

  @Test
  void sigtermDuringTheBuildEndsTheBuild() throws Exception {
    // Given
    Process foreground = foregroundProcess(-1);
    await().atMost(PATIENCE).until(() -> foreground.descendants().count() == 1);
    ProcessHandle build = foreground.descendants().findFirst().orElseThrow();

    // When
    foreground.destroy();
    foreground.waitFor();

    // Then
    await().until(() -> !build.isAlive());
  }

  private Process foregroundProcess(int port) throws Exception {
    return FakeService.java(ForegroundLab.class, folder.root().toString(), "" + port)
        .builder()
        .redirectOutput(temporary.resolve("foreground.out").toFile())
        .redirectError(temporary.resolve("foreground.err").toFile())
        .start();
  }

  private boolean foregroundSays(String text) throws Exception {
    return Files.readString(temporary.resolve("foreground.err")).contains(text);
  }

  /** A session of its own protects it from the terminal, and lets it receive SIGHUP. */
  @Test
  void aServiceHasASessionOfItsOwn() throws Exception {
    // Given
    assumeThat(SearchPath.ofThisProcess().find("setsid")).isPresent();
    lab(good("alpha")).up(true, PATIENCE);

    // When
    String pid = Long.toString(alive().get(0).pid());

    // Then
    assertThat(Command.of("ps", "-o", "sid=", "-p", pid).run().out().strip()).isEqualTo(pid);
  }

  @Test
  void theLogOfTheRunBeforeIsKept() throws Exception {
    // Given
    Program alpha = good("alpha");
    LocalLab lab = lab(alpha);
    folder.create();
    Files.writeString(folder.log("alpha"), "the run before\n");

    // When
    lab.up(true, PATIENCE);

    // Then
    assertThat(folder.previousLog("alpha")).hasContent("the run before");
    assertThat(folder.log("alpha")).content().startsWith("listening on " + alpha.port());
  }

  @Test
  void statusIsGoodWhenAllAreReady() throws Exception {
    // Given
    LocalLab lab = lab(good("alpha"), good("beta"));
    lab.up(true, PATIENCE);

    // When
    boolean good = lab.status(false);

    // Then
    assertThat(good).isTrue();
  }

  @Test
  void statusTellsWhichServiceDoesNotRun() throws Exception {
    // Given
    LocalLab lab = lab(good("alpha"), good("beta"));
    lab.up(true, PATIENCE);
    StartedProcess beta = alive().get(1);
    beta.process().orElseThrow().destroyForcibly();
    ends(beta);

    // When
    boolean good = lab.status(true);

    // Then
    assertThat(good).isFalse();
    assertThat(out().replaceAll("\\s", ""))
        .contains("\"service\":\"alpha\",\"state\":\"running\",\"pid\":" + alive().get(0).pid())
        .contains("\"service\":\"beta\",\"state\":\"notrunning\",\"pid\":null");
  }

  @Test
  void logsPutTheNameBeforeEachLineOfSeveralServices() throws Exception {
    // Given
    write("alpha", "one\n");
    write("beta-service", "two\n");

    // When
    lab(good("alpha"), good("beta-service")).logs(List.of(), Logs.Reader.ALL, false);

    // Then
    assertThat(out().lines()).containsExactly("alpha        | one", "beta-service | two");
  }

  @Test
  void logsOfOneServiceAreAsItWroteThem() throws Exception {
    // Given
    write("alpha", "one\ntwo\nunfinished");

    // When
    lab(good("alpha"), good("beta")).logs(List.of("alpha"), 2, false);

    // Then
    assertThat(out().lines()).containsExactly("two", "unfinished");
  }

  @Test
  void logsOfAnUnknownServiceNameThoseThatThereAre() {
    // Given
    LocalLab lab = lab(good("alpha"), good("beta"));

    // When
    Failure failure =
        catchThrowableOfType(Failure.class, () -> lab.logs(List.of("gamma"), 1, false));

    // Then
    assertThat(failure)
        .hasMessage("no service named 'gamma'; use alpha, beta")
        .extracting(Failure::exitCode)
        .isEqualTo(Failure.USAGE);
  }

  @Test
  void logsBeforeTheFirstUpFail() {
    // Given
    LocalLab lab = lab(good("alpha"), good("beta"));

    // When
    Failure failure = catchThrowableOfType(Failure.class, () -> lab.logs(List.of(), 1, false));

    // Then
    assertThat(failure).hasMessageStartingWith("no logs of alpha, beta");
  }

  private void write(String title, String text) throws Exception {
    folder.create();
    Files.writeString(folder.log(title), text);
  }
}
