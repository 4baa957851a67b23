package io.podlab.token.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.kit.state.DurableFile;
import io.podlab.kit.testing.SettableClock;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.TokenExistsException;
import io.podlab.token.bootstrap.TooManyTokensException;
import io.podlab.token.observability.Observed;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTokensTest {
  private static final Duration DAY = Duration.ofHours(24);

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();
  private final AtomicLong nanos = new AtomicLong();
  private final SecureRandom random = new SecureRandom();
  private final List<FileTokens> opened = new ArrayList<>();
  private boolean diskConfirms = true;

  @AfterEach
  void close() throws IOException {
    for (FileTokens tokens : opened) {
      tokens.close();
    }
  }

  @Test
  void isEmptyOnFirstStart() {
    // When
    FileTokens tokens = open(directory.resolve("not/there/yet"));

    // Then
    assertThat(tokens.list()).isEmpty();
  }

  @Test
  void listsById() {
    // Given
    FileTokens tokens = open(directory);
    tokens.create(token("zzzzzz.0123456789abcdef"));
    tokens.create(token("000000.0123456789abcdef"));
    tokens.create(token("mmmmmm.0123456789abcdef"));

    // When
    List<BootstrapToken> listed = tokens.list();

    // Then
    assertThat(listed).extracting(BootstrapToken::id).containsExactly("000000", "mmmmmm", "zzzzzz");
  }

  @Test
  void findsOneById() {
    // Given
    FileTokens tokens = open(directory);
    BootstrapToken token = token("abcdef.0123456789abcdef");
    tokens.create(token);

    // When, Then
    assertThat(tokens.find("abcdef")).contains(token);
    assertThat(tokens.find("ghijkl")).isEmpty();
  }

  @Test
  void doesNotReplaceAnExistingToken() {
    // Given
    FileTokens tokens = open(directory);
    tokens.create(token("abcdef.0123456789abcdef"));

    // When
    Throwable refusal = catchThrowable(() -> tokens.create(token("abcdef.fedcba9876543210")));

    // Then
    assertThat(refusal)
        .isInstanceOf(TokenExistsException.class)
        .hasMessage("a token with id \"abcdef\" already exists");
    assertThat(tokens.list())
        .extracting(BootstrapToken::secret)
        .containsExactly("0123456789abcdef");
  }

  @Test
  void deletesAToken() throws IOException {
    // Given
    FileTokens tokens = open(directory);
    BootstrapToken token = token("abcdef.0123456789abcdef");
    tokens.create(token);

    // When
    boolean deleted = tokens.delete(token);

    // Then
    assertThat(deleted).isTrue();
    assertThat(tokens.list()).isEmpty();
    assertThat(directory.resolve("tokens.jsonl")).isEmptyFile();
  }

  @Test
  void keepsANewExpiryOnDisk() {
    // Given
    BootstrapToken token = token("abcdef.0123456789abcdef");
    Optional<Instant> later = token.expires().map(expires -> expires.plus(DAY));
    FileTokens tokens = open(directory);
    tokens.create(token);

    // When
    boolean updated = tokens.setExpiry(token, later);

    // Then
    assertThat(updated).isTrue();
    assertThat(tokens.find("abcdef")).contains(token.withExpiry(later));
    assertThat(onDisk()).contains("\"expires\":\"" + later.orElseThrow() + "\"");
  }

  @Test
  void changesOnlyTheExpiryOfTheStoredToken() {
    // Given
    BootstrapToken stored = token("abcdef.0123456789abcdef");
    FileTokens tokens = open(directory);
    tokens.create(stored);
    BootstrapToken outdated =
        new BootstrapToken(
            stored.id(),
            stored.secret(),
            stored.expires(),
            stored.usages(),
            List.of("system:bootstrappers:outdated"),
            "outdated");

    // When
    tokens.setExpiry(outdated, Optional.empty());

    // Then
    assertThat(tokens.list()).containsExactly(stored.withExpiry(Optional.empty()));
  }

  @Test
  void deletesATokenWithAnUnchangedExpiry() {
    // Given
    BootstrapToken token = token("abcdef.0123456789abcdef");
    FileTokens tokens = open(directory);
    tokens.create(token);

    // When
    boolean deletedExtended = tokens.deleteUnchanged(token.withExpiry(Optional.empty()));
    List<BootstrapToken> kept = tokens.list();
    boolean deleted = tokens.deleteUnchanged(token);

    // Then
    assertThat(List.of(deletedExtended, deleted)).containsExactly(false, true);
    assertThat(kept).containsExactly(token);
    assertThat(tokens.list()).isEmpty();
  }

  @Test
  void removesATokenAtItsNewExpiry() {
    // Given
    BootstrapToken token = token("abcdef.0123456789abcdef");
    FileTokens tokens = open(directory);
    tokens.create(token);
    tokens.setExpiry(token, Optional.of(clock.instant().plusSeconds(5)));

    // When
    pass(Duration.ofSeconds(6));
    tokens.clean();

    // Then
    assertThat(onDisk()).isEmpty();
  }

  @Test
  void doesNotExtendAnExpiredToken() {
    // Given
    BootstrapToken token = token("abcdef.0123456789abcdef");
    FileTokens tokens = open(directory);
    tokens.create(token);
    pass(DAY);

    // Then
    assertThat(tokens.setExpiry(token, Optional.empty())).isFalse();
    assertThat(tokens.list()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"abcdef.fedcba9876543210", "ghijkl.0123456789abcdef"})
  void doesNotExtendAnotherToken(String other) {
    // Given
    BootstrapToken token = token("abcdef.0123456789abcdef");
    FileTokens tokens = open(directory);
    tokens.create(token);

    // Then
    assertThat(tokens.setExpiry(token(other), Optional.empty())).isFalse();
    assertThat(tokens.list()).containsExactly(token);
  }

  @Test
  void keepsTheOldExpiryAfterAFailedWrite() throws IOException {
    // Given
    BootstrapToken token = token("abcdef.0123456789abcdef");
    FileTokens tokens = open(directory);
    tokens.create(token);
    letNothingBeWritten();

    // When
    assertThatExceptionOfType(BackendUnavailableException.class)
        .isThrownBy(() -> tokens.setExpiry(token, Optional.empty()));

    // Then
    assertThat(tokens.list()).containsExactly(token);
  }

  private String onDisk() {
    try {
      return Files.readString(directory.resolve("tokens.jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"abcdef.fedcba9876543210", "ghijkl.0123456789abcdef"})
  void doesNotDeleteAnotherToken(String other) {
    // Given
    FileTokens tokens = open(directory);
    tokens.create(token("abcdef.0123456789abcdef"));

    // When
    boolean deleted = tokens.delete(token(other));

    // Then
    assertThat(deleted).isFalse();
    assertThat(tokens.list()).hasSize(1);
  }

  @Test
  void reusesTheIdOfAnExpiredToken() {
    // Given
    FileTokens tokens = open(directory);
    tokens.create(token("abcdef.0123456789abcdef"));
    pass(DAY);

    // When
    tokens.create(token("abcdef.fedcba9876543210"));

    // Then
    assertThat(tokens.list())
        .extracting(BootstrapToken::secret)
        .containsExactly("fedcba9876543210");
  }

  @ParameterizedTest(name = "after {0} it is listed: {1}")
  @CsvSource({"PT0S, true", "PT59.249S, true", "PT59.25S, false", "PT24H, false"})
  void hidesATokenFromTheSecondOfItsExpiry(Duration time, boolean listed) {
    // Given
    FileTokens tokens = open(directory);
    tokens.create(token("abcdef.0123456789abcdef", Duration.ofMinutes(1)));

    // When
    clock.advance(time);

    // Then
    assertThat(tokens.list()).hasSize(listed ? 1 : 0);
    assertThat(tokens.find("abcdef").isPresent()).isEqualTo(listed);
  }

  @Test
  void removesExpiredTokensWithoutRequests() throws IOException {
    // Given
    FileTokens tokens = open(directory);
    tokens.create(token("abcdef.0123456789abcdef", Duration.ofSeconds(30)));
    tokens.create(token("ghijkl.0123456789abcdef", Duration.ofHours(1)));

    // When
    pass(Duration.ofSeconds(30));
    tokens.clean();

    // Then
    assertThat(ids(directory)).containsExactly("ghijkl");
  }

  @Test
  void notifiesOfAnExpiredTokenDespiteAnUnconfirmedWrite() {
    // Given
    FileTokens tokens = open(directory);
    BootstrapToken token = token("abcdef.0123456789abcdef");
    List<BootstrapToken> notified = new ArrayList<>();
    tokens.onExpiry(notified::add);
    tokens.create(token);
    pass(DAY);

    // When
    diskConfirms = false;
    tokens.clean();

    // Then
    assertThat(notified).containsExactly(token);
  }

  @Test
  void notifiesOfAnExpiredTokenAfterItsRemoval() throws IOException {
    // Given
    FileTokens tokens = open(directory);
    BootstrapToken token = token("abcdef.0123456789abcdef");
    List<BootstrapToken> notified = new ArrayList<>();
    tokens.onExpiry(notified::add);
    tokens.create(token);
    pass(DAY);

    // When
    letNothingBeWritten();
    tokens.clean();
    List<BootstrapToken> before = List.copyOf(notified);
    Files.delete(directory.resolve("tokens.jsonl.tmp/in-the-way"));
    tokens.clean();
    tokens.clean();

    // Then
    assertThat(before).isEmpty();
    assertThat(notified).containsExactly(token);
  }

  @Test
  void doesNotCountARemovedToken() {
    // Given
    FileTokens tokens = open(directory);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Observed.of(tokens, clock, meters)
        .create(token("abcdef.0123456789abcdef"), Duration.ofHours(24), "alice");

    // When
    pass(DAY);
    double before = meters.get("lab.tokens").tag("status", "expired").gauge().value();
    tokens.clean();
    double after = meters.get("lab.tokens").tag("status", "expired").gauge().value();

    // Then
    assertThat(List.of(before, after)).containsExactly(1.0, 0.0);
  }

  @Test
  void keepsTokensWhenTheClockJumpsAhead() throws IOException {
    // Given
    FileTokens tokens = open(directory);
    tokens.create(token("abcdef.0123456789abcdef", Duration.ofHours(1)));

    // When
    clock.advance(Duration.ofDays(365));
    tokens.clean();
    List<BootstrapToken> meanwhile = tokens.list();
    clock.advance(Duration.ofDays(-365));
    tokens.clean();

    // Then
    assertThat(meanwhile).isEmpty();
    assertThat(tokens.list()).hasSize(1);
    assertThat(ids(directory)).containsExactly("abcdef");
  }

  @Test
  void trustsTheClockTenMinutesAfterAJump() throws IOException {
    // Given
    FileTokens tokens = open(directory);
    tokens.create(token("abcdef.0123456789abcdef", Duration.ofHours(1)));
    clock.advance(Duration.ofDays(365));
    tokens.clean();

    // When
    pass(ClockJumps.CAUTION);
    tokens.clean();

    // Then
    assertThat(ids(directory)).isEmpty();
  }

  @Test
  void keepsTokensWhenTheClockJumpsBack() throws IOException {
    // Given
    FileTokens tokens = open(directory);
    tokens.create(token("abcdef.0123456789abcdef", Duration.ofHours(1)));

    // When
    clock.advance(Duration.ofDays(-365));
    tokens.clean();

    // Then
    assertThat(tokens.list()).hasSize(1);
    assertThat(ids(directory)).containsExactly("abcdef");
  }

  @Test
  void keepsTokensIfTheClockIsWrongAtTheStart() throws IOException {
    // Given
    FileTokens before = open(directory);
    before.create(token("abcdef.0123456789abcdef", Duration.ofHours(1)));
    before.close();
    clock.advance(Duration.ofDays(365));

    // When
    FileTokens after = open(directory);
    pass(Duration.ofSeconds(1));
    after.clean();
    List<BootstrapToken> meanwhile = after.list();
    clock.advance(Duration.ofDays(-365));
    after.clean();

    // Then
    assertThat(meanwhile).isEmpty();
    assertThat(after.list()).hasSize(1);
    assertThat(ids(directory)).containsExactly("abcdef");
  }

  @Test
  void removesTokensThatExpiredWhileItWasDown() throws IOException {
    // Given
    FileTokens before = open(directory);
    before.create(token("abcdef.0123456789abcdef", Duration.ofHours(1)));
    before.close();
    pass(Duration.ofHours(1));
    FileTokens after = open(directory);

    // When
    pass(ClockJumps.CAUTION);
    after.clean();

    // Then
    assertThat(ids(directory)).isEmpty();
  }

  @Test
  void doesNotReuseAnIdRightAfterTheClockJumped() throws IOException {
    // Given
    FileTokens tokens = open(directory);
    tokens.create(token("abcdef.0123456789abcdef"));

    // When
    clock.advance(Duration.ofDays(365));
    Throwable refusal = catchThrowable(() -> tokens.create(token("abcdef.fedcba9876543210")));
    clock.advance(Duration.ofDays(-365));

    // Then
    assertThat(refusal).isInstanceOf(TokenExistsException.class);
    assertThat(tokens.list())
        .extracting(BootstrapToken::secret)
        .containsExactly("0123456789abcdef");
  }

  @Test
  void keepsTokensOverARestart() throws IOException {
    // Given
    FileTokens before = open(directory);
    before.create(
        new BootstrapToken(
            "abcdef",
            "0123456789abcdef",
            Optional.of(Instant.parse("2026-03-01T14:00:00Z")),
            List.of("authentication"),
            List.of("system:bootstrappers:a", "system:bootstrappers:b"),
            "\"quoted\", café \uD83D\uDC33"));
    before.create(
        new BootstrapToken(
            "ghijkl", "0123456789abcdef", Optional.empty(), List.of(), List.of(), ""));
    List<BootstrapToken> tokens = before.list();
    before.close();

    // When
    FileTokens after = open(directory);

    // Then
    assertThat(after.list()).hasSize(2).isEqualTo(tokens);
  }

  @Test
  void storesTheTokensOfSixteenThreads() throws Exception {
    // Given
    FileTokens before = open(directory);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    Callable<List<String>> work =
        () -> IntStream.range(0, 10).mapToObj(i -> createRandom(before)).toList();

    // When
    List<String> made = new ArrayList<>();
    for (Future<List<String>> done : threads.invokeAll(Collections.nCopies(16, work))) {
      made.addAll(done.get());
    }
    threads.shutdown();
    before.close();

    // Then
    assertThat(open(directory).list())
        .extracting(BootstrapToken::value)
        .hasSize(160)
        .containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void givesAnIdToOneOfSixteenThreads() throws Exception {
    // Given
    FileTokens tokens = open(directory);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    Callable<Boolean> work =
        () -> catchThrowable(() -> tokens.create(token("abcdef.0123456789abcdef"))) == null;

    // When
    int winners = 0;
    for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(16, work))) {
      winners += done.get() ? 1 : 0;
    }
    threads.shutdown();

    // Then
    assertThat(winners).isOne();
  }

  @Test
  void protectsTheFileFromOtherUsers() throws IOException {
    // Given
    Path own = directory.resolve("own");
    FileTokens tokens = open(own);

    // When
    tokens.create(token("abcdef.0123456789abcdef"));

    // Then
    assertThat(permissions(own)).isEqualTo("rwx------");
    assertThat(permissions(own.resolve("tokens.jsonl"))).isEqualTo("rw-------");
  }

  @Test
  void removesReadAccessOfOthers() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("tokens.jsonl"), line("abcdef") + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    // When
    open(directory);

    // Then
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void removesAPartialFileAfterACrash() throws IOException {
    // Given
    FileTokens before = open(directory);
    before.create(token("abcdef.0123456789abcdef"));
    before.close();
    Path half = Files.writeString(directory.resolve("tokens.jsonl.tmp"), "{\"id\":\"ghi");

    // When
    FileTokens after = open(directory);

    // Then
    assertThat(half).doesNotExist();
    assertThat(after.list()).extracting(BootstrapToken::id).containsExactly("abcdef");
  }

  @Test
  void doesNotListATokenAfterAFailedWrite() throws IOException {
    // Given
    FileTokens tokens = open(directory);
    letNothingBeWritten();

    // When
    assertThatExceptionOfType(BackendUnavailableException.class)
        .isThrownBy(() -> tokens.create(token("abcdef.0123456789abcdef")));

    // Then
    assertThat(tokens.list()).isEmpty();
    assertThat(tokens.problem())
        .hasValueSatisfying(
            why -> assertThat(why).startsWith("cannot write tokens to " + directory + ": "));
  }

  @Test
  void keepsATokenAfterAFailedDelete() throws IOException {
    // Given
    FileTokens tokens = open(directory);
    tokens.create(token("abcdef.0123456789abcdef"));
    letNothingBeWritten();

    // When
    assertThatExceptionOfType(BackendUnavailableException.class)
        .isThrownBy(() -> tokens.delete(token("abcdef.0123456789abcdef")));

    // Then
    assertThat(tokens.list()).hasSize(1);
  }

  @Test
  void recoversAfterAFailedWrite() throws IOException {
    // Given
    FileTokens tokens = open(directory);
    letNothingBeWritten();
    catchThrowable(() -> tokens.create(token("abcdef.0123456789abcdef")));

    // When
    Files.delete(directory.resolve("tokens.jsonl.tmp/in-the-way"));

    // Then
    assertThat(tokens.problem()).isEmpty();
    tokens.create(token("abcdef.0123456789abcdef"));
    assertThat(ids(directory)).containsExactly("abcdef");
  }

  /** A response depends on the file, so it must survive a crash even if it changed nothing. */
  @Test
  void writesAgainAfterAFailureEvenWithoutAChange() throws IOException {
    // Given
    FileTokens tokens = open(directory);
    tokens.create(token("abcdef.0123456789abcdef"));
    letNothingBeWritten();
    catchThrowable(() -> tokens.create(token("ghijkl.0123456789abcdef")));
    Files.delete(directory.resolve("tokens.jsonl.tmp/in-the-way"));
    Files.delete(directory.resolve("tokens.jsonl"));

    // When
    Throwable refusal = catchThrowable(() -> tokens.create(token("abcdef.0123456789abcdef")));

    // Then
    assertThat(refusal).isInstanceOf(TokenExistsException.class);
    assertThat(ids(directory)).containsExactly("abcdef");
  }

  /** A list shows the file's content, which a power failure may still revert. */
  @Test
  void listsATokenAfterAnUnconfirmedWriteAndWritesItAgain() throws IOException {
    // Given
    FileTokens tokens = open(directory);
    diskConfirms = false;

    // When
    Throwable failure = catchThrowable(() -> tokens.create(token("abcdef.0123456789abcdef")));
    List<BootstrapToken> listed = tokens.list();
    Files.delete(directory.resolve("tokens.jsonl"));
    diskConfirms = true;
    Throwable refusal = catchThrowable(() -> tokens.create(token("abcdef.0123456789abcdef")));

    // Then
    assertThat(failure).isInstanceOf(BackendUnavailableException.class);
    assertThat(listed).extracting(BootstrapToken::id).containsExactly("abcdef");
    assertThat(refusal).isInstanceOf(TokenExistsException.class);
    assertThat(ids(directory)).containsExactly("abcdef");
  }

  @Test
  void keepsItsTokensWhileItsDirectoryIsGone() throws IOException {
    // Given
    Path own = directory.resolve("own");
    FileTokens tokens = open(own);
    tokens.create(token("abcdef.0123456789abcdef"));
    Optional<String> before = tokens.problem();
    Files.move(own, directory.resolve("elsewhere"));

    // When
    Optional<String> without = tokens.problem();
    Throwable refusal = catchThrowable(() -> tokens.create(token("ghijkl.0123456789abcdef")));
    Files.move(directory.resolve("elsewhere"), own);
    Optional<String> after = tokens.problem();
    tokens.create(token("mnopqr.0123456789abcdef"));

    // Then
    assertThat(List.of(before, after)).containsOnly(Optional.empty());
    assertThat(without)
        .contains("cannot write tokens to " + own + ": the directory does not exist");
    assertThat(refusal).isInstanceOf(BackendUnavailableException.class);
    assertThat(ids(own)).containsExactly("abcdef", "mnopqr");
  }

  @Test
  void fillsARestoredEmptyDirectory() throws IOException {
    // Given
    Path own = directory.resolve("own");
    FileTokens tokens = open(own);
    tokens.create(token("abcdef.0123456789abcdef"));
    Files.move(own, directory.resolve("elsewhere"));
    tokens.problem();

    // When
    Files.createDirectory(own);
    Optional<String> problem = tokens.problem();

    // Then
    assertThat(problem).isEmpty();
    assertThat(ids(own)).containsExactly("abcdef");
  }

  @Test
  void doesNotWriteToADirectoryThatAnotherProcessUses() throws IOException {
    // Given
    Path own = directory.resolve("own");
    FileTokens first = open(own);
    first.create(token("abcdef.0123456789abcdef"));
    Files.move(own, directory.resolve("elsewhere"));
    FileTokens second = open(own);
    second.create(token("ghijkl.0123456789abcdef"));

    // When
    Throwable refusal = catchThrowable(() -> first.create(token("mnopqr.0123456789abcdef")));
    List<String> meanwhile = ids(own);
    second.close();
    first.create(token("mnopqr.0123456789abcdef"));

    // Then
    assertThat(refusal).isInstanceOf(BackendUnavailableException.class);
    assertThat(meanwhile).containsExactly("ghijkl");
    assertThat(ids(own)).containsExactly("ghijkl", "mnopqr");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789ABCDEF\",\"expires\":null,\"usages\":[],\"groups\":[],\"description\":\"\"}",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":\"tomorrow\",\"usages\":[],\"groups\":[],\"description\":\"\"}",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":null,\"groups\":[],\"description\":\"\"}",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":null,\"usages\":[],\"groups\":[]}",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":null,\"usages\":[],\"groups\":[],\"description\":\"\"} {}",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":null,\"usages\":[],\"groups\":[],\"description\":\"\",\"x\":1}",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"usages\":[],\"groups\":[],\"description\":\"\"}",
        "{\"id\":\"ghijkl\",\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":null,\"usages\":[],\"groups\":[],\"description\":\"\"}",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":1772373600,\"usages\":[],\"groups\":[],\"description\":\"\"}",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":null,\"usages\":[\"authenticatioX\"],\"groups\":[],\"description\":\"\"}",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":null,\"usages\":[\"signing\",\"signing\"],\"groups\":[],\"description\":\"\"}",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":null,\"usages\":[\"authentication\"],\"groups\":[\"system:masters\"],\"description\":\"\"}",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":null,\"usages\":[\"signing\"],\"groups\":[\"system:bootstrappers:a\"],\"description\":\"\"}",
        "{\"id\":\"abcdef\",\"secret\":\"0123456789abcdef\",\"expires\":null,\"usages\":[],\"groups\":[],\"description\":\"\\u001b[2J\"}",
        "{\"id\":\"zzzzzz\",\"secret\":\"0123456789abcdef\",\"expires\":null,\"usages\":[],\"groups\":[],\"description\":\"\"}",
        "abcdef.0123456789abcdef",
        "\"abcdef.0123456789abcdef\"",
        "null",
        "[]",
        "\u0000\u0000\u0000\u0000",
      })
  void namesAnInvalidLineWithoutItsSecret(String line) throws IOException {
    // Given
    Path file = fileWithSecondLine(line);
    byte[] before = Files.readAllBytes(file);

    // When, Then
    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("line 2 of " + file + " is not a token; ")
        .hasMessageNotContaining("0123456789abcdef")
        .hasNoCause();
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void refusesInvalidUtf8WithoutChangingTheFile() throws IOException {
    // Given
    byte[] before =
        (line("abcdef").replace("\"\"}", "\"\u00e9\u00ff\"}") + "\n").getBytes(ISO_8859_1);
    Path file = Files.write(directory.resolve("tokens.jsonl"), before);

    // When
    Throwable refusal = catchThrowable(() -> open(directory));

    // Then
    assertThat(refusal).hasMessageStartingWith("line 1 of " + file + " is not a token; ");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    // Given
    Path file =
        Files.writeString(
            directory.resolve("tokens.jsonl"), line("zzzzzz") + "\n" + line("abcdef"));

    // When, Then
    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("line 2 of " + file + " is not a token; ");
  }

  @Test
  void refusesADirectoryThatAnotherProcessUses() {
    // Given
    open(directory);

    // When, Then
    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("another process", directory.toString(), "LAB_TOKEN_DIR");
  }

  @Test
  void refusesADirectoryThatIsAFile() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("file"), "");

    // When, Then
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(file.toString(), "LAB_TOKEN_DIR");
  }

  @ParameterizedTest(name = "the first expires at {0}: room after {1}")
  @CsvSource({"null,", "'\"2026-03-01T12:10:00Z\"', PT10M0.25S"})
  void limitsTheNumberOfTokensAndSetsRetryAfter(String expires, Duration room) throws IOException {
    // Given
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < FileTokens.MOST_TOKENS; i++) {
      lines.append(line("a%05d".formatted(i))).append('\n');
    }
    Files.writeString(
        directory.resolve("tokens.jsonl"), lines.toString().replaceFirst("null", expires));
    FileTokens tokens = open(directory);

    // When, Then
    assertThatExceptionOfType(TooManyTokensException.class)
        .isThrownBy(() -> tokens.create(token("abcdef.0123456789abcdef")))
        .withMessageStartingWith("too many tokens (at most 10000)")
        .returns(Optional.ofNullable(room), TooManyTokensException::retryAfter);
  }

  private FileTokens open(Path where) {
    FileTokens tokens =
        new FileTokens(
            where,
            clock,
            nanos::get,
            this::write,
            () -> new ClusterInfo(Optional.empty(), "", "", Set.of()));
    opened.add(tokens);
    return tokens;
  }

  private void write(Path file, byte[] content) throws IOException {
    if (diskConfirms) {
      DurableFile.write(file, content);
    } else {
      DurableFile.write(
          file,
          content,
          where -> {
            throw new IOException("fsync of the directory failed");
          });
    }
  }

  /** Advances both clocks. */
  private void pass(Duration time) {
    clock.advance(time);
    nanos.addAndGet(time.toNanos());
  }

  private void letNothingBeWritten() throws IOException {
    Files.createDirectories(directory.resolve("tokens.jsonl.tmp/in-the-way"));
  }

  private BootstrapToken token(String value) {
    return token(value, DAY);
  }

  private BootstrapToken token(String value, Duration ttl) {
    return new BootstrapToken(
        value.substring(0, 6),
        value.substring(7),
        Optional.of(clock.instant().plus(ttl).truncatedTo(ChronoUnit.SECONDS)),
        BootstrapToken.DEFAULT_USAGES,
        BootstrapToken.DEFAULT_GROUPS,
        "");
  }

  private String createRandom(FileTokens tokens) {
    BootstrapToken token = token(BootstrapToken.randomValue(random));
    tokens.create(token);
    return token.value();
  }

  private static List<String> ids(Path where) throws IOException {
    return List.copyOf(
        new TokenFile(where.resolve("tokens.jsonl"), DurableFile::write).read().keySet());
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private Path fileWithSecondLine(String line) throws IOException {
    return Files.write(
        directory.resolve("tokens.jsonl"), (line("zzzzzz") + "\n" + line + "\n").getBytes(UTF_8));
  }

  private static String line(String id) {
    return """
    {"id":"%s","secret":"0123456789abcdef","expires":null,"usages":["signing"],"groups":[],"description":""}"""
        .formatted(id);
  }
}
