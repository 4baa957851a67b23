package io.podlab.token.token;

import static io.podlab.token.http.Problems.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.clock.SettableClock;
import io.podlab.token.http.Problem;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenStoreTest {
  private static final TokenRequest DEFAULTS =
      new TokenRequest(Optional.empty(), Duration.ofHours(24), "");

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();
  private final List<TokenStore> opened = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (TokenStore store : opened) {
      store.close();
    }
  }

  @Test
  void isEmptyOnFirstStart() {
    // When
    TokenStore store = open(directory.resolve("not/there/yet"));

    // Then
    assertThat(store.list()).isEmpty();
  }

  @Test
  void makesATokenOfKubeadmsDefaults() {
    // Given
    TokenStore store = open(directory);

    // When
    BootstrapToken token = store.create(DEFAULTS);

    // Then
    assertThat(token)
        .usingRecursiveComparison()
        .ignoringFields("id", "secret")
        .isEqualTo(
            new BootstrapToken(
                "ignore",
                "0123456789abcdef",
                Optional.of(Instant.parse("2026-03-02T12:00:00Z")),
                List.of("authentication", "signing"),
                List.of("system:bootstrappers:kubeadm:default-node-token"),
                ""));
  }

  @Test
  void makesTheTokenThatIsAskedFor() {
    // Given
    TokenStore store = open(directory);

    // When
    BootstrapToken token = store.create(request("abcdef.0123456789abcdef"));

    // Then
    assertThat(token.value()).isEqualTo("abcdef.0123456789abcdef");
  }

  @Test
  void makesATokenThatNeverExpiresForATimeToLiveOfZero() {
    // Given
    TokenStore store = open(directory);

    // When
    BootstrapToken token = store.create(new TokenRequest(Optional.empty(), Duration.ZERO, ""));

    // Then
    assertThat(token.expires()).isEmpty();
  }

  @Test
  void listsById() {
    // Given
    TokenStore store = open(directory);
    store.create(request("zzzzzz.0123456789abcdef"));
    store.create(request("000000.0123456789abcdef"));
    store.create(request("mmmmmm.0123456789abcdef"));

    // When
    List<BootstrapToken> tokens = store.list();

    // Then
    assertThat(tokens).extracting(BootstrapToken::id).containsExactly("000000", "mmmmmm", "zzzzzz");
  }

  @Test
  void refusesAnIdThatExists() {
    // Given
    TokenStore store = open(directory);
    store.create(request("abcdef.0123456789abcdef"));

    // When
    Problem problem = refused(() -> store.create(request("abcdef.fedcba9876543210")));

    // Then
    assertThat(problem)
        .extracting(Problem::status, Problem::detail)
        .containsExactly(409, "a token with id \"abcdef\" already exists");
  }

  @Test
  void keepsTheTokenWhoseIdWasAskedForAgain() {
    // Given
    TokenStore store = open(directory);
    store.create(request("abcdef.0123456789abcdef"));

    // When
    refused(() -> store.create(request("abcdef.fedcba9876543210")));

    // Then
    assertThat(store.list()).extracting(BootstrapToken::secret).containsExactly("0123456789abcdef");
  }

  @Test
  void givesTheIdOfAnExpiredTokenAway() {
    // Given
    TokenStore store = open(directory);
    store.create(request("abcdef.0123456789abcdef"));
    clock.advance(Duration.ofHours(24));

    // When
    store.create(request("abcdef.fedcba9876543210"));

    // Then
    assertThat(store.list()).extracting(BootstrapToken::secret).containsExactly("fedcba9876543210");
  }

  @ParameterizedTest(name = "after {0} it is listed: {1}")
  @CsvSource({"PT0S, true", "PT59.249S, true", "PT59.25S, false", "PT24H, false"})
  void forgetsATokenOnceItHasExpired(Duration time, boolean listed) {
    // Given
    TokenStore store = open(directory);
    store.create(new TokenRequest(Optional.empty(), Duration.ofMinutes(1), ""));

    // When
    clock.advance(time);

    // Then
    assertThat(store.list()).hasSize(listed ? 1 : 0);
  }

  @Test
  void wipesExpiredTokensFromTheFileWithTheNextWrite() throws IOException {
    // Given
    TokenStore store = open(directory);
    store.create(request("abcdef.0123456789abcdef"));
    clock.advance(Duration.ofHours(25));

    // When
    store.create(request("ghijkl.fedcba9876543210"));

    // Then
    assertThat(directory.resolve("tokens.jsonl")).content().doesNotContain("abcdef");
  }

  @Test
  void hasItsTokensAfterARestart() throws IOException {
    // Given
    TokenStore before = open(directory);
    before.create(
        new TokenRequest(
            Optional.of("abcdef.0123456789abcdef"),
            Duration.ofHours(2),
            "\"quoted\", café \uD83D\uDC33"));
    before.create(new TokenRequest(Optional.of("ghijkl.0123456789abcdef"), Duration.ZERO, ""));
    List<BootstrapToken> tokens = before.list();
    before.close();

    // When
    TokenStore after = open(directory);

    // Then
    assertThat(after.list()).isEqualTo(tokens);
  }

  @Test
  void doesNotReviveATokenThatExpiredWhileItWasDown() throws IOException {
    // Given
    TokenStore before = open(directory);
    before.create(DEFAULTS);
    before.close();

    // When
    clock.advance(Duration.ofHours(24));
    TokenStore after = open(directory);

    // Then
    assertThat(after.list()).isEmpty();
  }

  @Test
  void hasWhatSixteenThreadsMadeAtOnceAfterARestart() throws Exception {
    // Given
    TokenStore before = open(directory);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    Callable<List<String>> work =
        () -> IntStream.range(0, 10).mapToObj(i -> before.create(DEFAULTS).value()).toList();

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
  void letsOneOfSixteenThreadsHaveAnId() throws Exception {
    // Given
    TokenStore store = open(directory);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    Callable<Boolean> work =
        () -> catchThrowable(() -> store.create(request("abcdef.0123456789abcdef"))) == null;

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
  void keepsTheSecretsFromOtherUsers() throws IOException {
    // Given
    TokenStore store = open(directory);

    // When
    store.create(DEFAULTS);

    // Then
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("tokens.jsonl"))))
        .isEqualTo("rw-------");
  }

  @Test
  void isNotMisledByWhatACrashLeftBehind() throws IOException {
    // Given
    TokenStore before = open(directory);
    before.create(request("abcdef.0123456789abcdef"));
    before.close();
    Files.writeString(directory.resolve("tokens.jsonl.tmp"), "{\"id\":\"ghi");

    // When
    TokenStore after = open(directory);
    after.create(request("mnopqr.0123456789abcdef"));

    // Then
    assertThat(after.list()).extracting(BootstrapToken::id).containsExactly("abcdef", "mnopqr");
  }

  @Test
  void doesNotListATokenThatItCouldNotWrite() throws IOException {
    // Given
    TokenStore store = open(directory);
    Files.createDirectories(directory.resolve("tokens.jsonl.tmp/in-the-way"));

    // When
    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> store.create(DEFAULTS));

    // Then
    assertThat(store.list()).isEmpty();
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
        "abcdef.0123456789abcdef",
        "\"abcdef.0123456789abcdef\"",
        "null",
        "[]",
        "\u0000\u0000\u0000\u0000",
      })
  void refusesALineThatIsNoTokenAndNamesItButNotTheSecret(String line) throws IOException {
    // Given
    Path file = fileWithSecondLine(line);

    // When, Then
    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            file + ", line 2 is no token; repair the file or move it away, it has not been touched")
        .hasNoCause();
  }

  @Test
  void leavesADamagedFileAsItWas() throws IOException {
    // Given
    Path file = fileWithSecondLine("{\"id\":\"abcdef\",\"secret\":\"01234");
    byte[] before = Files.readAllBytes(file);

    // When
    catchThrowable(() -> open(directory));

    // Then
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void refusesADirectoryThatAnotherStoreUses() {
    // Given
    open(directory);

    // When, Then
    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "another process keeps its tokens in "
                + directory
                + "; stop it, or set LAB_TOKEN_DIR to another directory");
  }

  @Test
  void refusesADirectoryThatIsAFile() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("file"), "");

    // When, Then
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("tokens cannot be kept in " + file + " (")
        .hasMessageEndingWith("; LAB_TOKEN_DIR names another directory");
  }

  @Test
  void makesNoMoreThanTenThousandTokens() throws IOException {
    // Given
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < TokenStore.MOST_TOKENS; i++) {
      lines.append(line("a%05d".formatted(i))).append('\n');
    }
    Files.writeString(directory.resolve("tokens.jsonl"), lines);
    TokenStore store = open(directory);

    // When
    Problem problem = refused(() -> store.create(DEFAULTS));

    // Then
    assertThat(problem)
        .extracting(Problem::status, Problem::detail)
        .containsExactly(429, "there are 10000 tokens already; wait for some to expire");
  }

  @Test
  void isWritableWhileItsDirectoryIsThere() throws IOException {
    // Given
    Path own = directory.resolve("own");
    TokenStore store = open(own);
    boolean before = store.isWritable();

    // When
    Files.move(own, directory.resolve("elsewhere"));

    // Then
    assertThat(List.of(before, store.isWritable())).containsExactly(true, false);
  }

  private TokenStore open(Path where) {
    TokenStore store = new TokenStore(where, clock);
    opened.add(store);
    return store;
  }

  private static TokenRequest request(String token) {
    return new TokenRequest(Optional.of(token), Duration.ofHours(24), "");
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
