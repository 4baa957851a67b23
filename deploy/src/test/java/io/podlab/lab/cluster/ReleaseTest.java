package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.marcnuri.helm.Helm;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.PomVersion;
import io.podlab.lab.project.Service;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs {@code deploy/release} in a small repository, with programs that build nothing. */
class ReleaseTest {
  private static final String SECONDS = "1700000000";
  private static final String TIME = "2023-11-14T22:13:20Z";

  @TempDir static Path folder;
  private static Path repository;
  private static Path first;
  private static String version;

  @BeforeAll
  static void buildOnce() throws Exception {
    assumeTrue(SearchPath.ofThisProcess().find("git").isPresent());
    assumeTrue(Command.of("tar", "--version").run().out().contains("GNU"));
    version = PomVersion.of(RealCluster.ROOT);
    repository = Files.createDirectory(folder.resolve("repository"));
    succeed(
        Command.of("cp", "-a", "--parents", "pom.xml", "lessons", "LICENSE", "THIRD-PARTY.md")
            .with("deploy/base", "deploy/chart", "deploy/generated", "deploy/release")
            .with("deploy/images/Containerfile")
            .with(repository.toString())
            .in(RealCluster.ROOT));
    program(
        repository.resolve("deploy/lab"),
        """
        echo "lab $*" >>"$CALLS"
        [ "$1" != third-party ] || { mkdir -p deploy/target; echo {} >deploy/target/lab.cdx.json; }
        [ "$CHANGE" != licenses ] || echo new >>THIRD-PARTY.md""");
    program(
        folder.resolve("bin/mvn"),
        """
        [[ "$*" != *--version* ]] || exec echo Apache Maven 3.8.7
        mkdir -p demo-app/target/quarkus-app; echo a >demo-app/target/quarkus-app/a.jar""");
    program(folder.resolve("bin/kubectl"), "echo kind: Namespace");
    program(
        folder.resolve("bin/podman"),
        """
        case $1 in
          --version) echo podman version 5.0.0 ;;
          build) echo "$*" >>"$CALLS"; while [ "$1" != --file ]; do shift; done; cat "$2" >>"$CALLS" ;;
          save)
            [ "$CHANGE" != failure ] || exit 1
            mkdir "$3.files" && cd "$3.files" && mkdir app cache
            echo "$CHANGE" | grep service >app/app.jar
            echo "$RANDOM$RANDOM" | tee app/generated-bytecode.jar >cache/app.aot
            tar --mtime=@0 -cf 3.tar ./app && tar --mtime=@0 -cf 4.tar ./cache
            echo "$CHANGE" | grep runtime >1.tar
            echo 2 >2.tar
            [ "$CHANGE" = missing ] || four=',"4.tar"'
            echo '[{"Config":"c.json","Layers":["1.tar","2.tar","3.tar"'$four']}]' >manifest.json
            user=$(echo "$CHANGE" | grep config)
            history='"history":[{"created_by":"]} \\"'$RANDOM'"},{"created":"'$RANDOM'"}]'
            echo '{"User":"'$user'","rootfs":{"diff_ids":["'$RANDOM'"]},'"$history"'}' >c.json
            tar -cf "$3" *.json *.tar
            rm -r "$3.files" ;;
          run) echo '{}' ;;
          image) echo "sha256:1 sha256:2 sha256:3 sha256:$RANDOM$RANDOM" ;;
        esac""");
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message", "A commit");
    first = build("first", "none");
  }

  @Test
  void refusesChangesThatAreNotCommitted() throws Exception {
    Path change = Files.createFile(repository.resolve("change"));
    try {
      assertThat(release("--output", folder.resolve("dirty").toString()).run().err())
          .contains("?? change");
    } finally {
      Files.delete(change);
    }
  }

  @Test
  void refusesATagThatIsNotTheVersion() throws Exception {
    git("tag", "v0.0.1");
    try {
      assertThat(release("--output", folder.resolve("tagged").toString()).run().err())
          .contains("the version in pom.xml is " + version, "v0.0.1");
    } finally {
      git("tag", "--delete", "v0.0.1");
    }
  }

  @Test
  void refusesAFolderThatIsNotEmpty() throws Exception {
    assertThat(release("--output", first.toString()).run().err()).contains("is not empty");
  }

  @Test
  void listsTheChecksumOfEachFile() throws Exception {
    succeed(Command.of("sha256sum", "--check", "--strict", "SHA256SUMS").in(first));

    String sums = Files.readString(first.resolve("SHA256SUMS"));
    assertThat(sums)
        .contains(" podlab.yaml\n", " podlab-" + version + ".tgz\n")
        .contains(" lessons-" + version + ".tar.gz\n", " jars.txt\n")
        .contains(" LICENSE\n", " THIRD-PARTY.md\n", " lab.cdx.json\n", " build.txt\n")
        .containsPattern(" images/a.*64/layers.txt\n");
    for (Service service : Service.values()) {
      assertThat(sums)
          .containsPattern(" images/a.*64/" + service.title() + ".tar\n")
          .containsPattern(" images/a.*64/" + service.title() + ".cdx.json\n");
    }
  }

  @Test
  void listsTheVersionsOfTheBuild() throws Exception {
    assertThat(first.resolve("build.txt"))
        .content()
        .contains("Apache Maven 3.8.7\n", "podman version 5.0.0\n", "docker.io/library/debian");
  }

  @Test
  void labelsTheImagesWithTheCommit() throws Exception {
    assertThat(Files.readString(folder.resolve("calls")))
        .contains("lab images ")
        .contains("--timestamp " + SECONDS + " --tag docker.io/podlab/demo-app:" + version + " ")
        .contains(
            "FROM docker.io/podlab/demo-app:"
                + version
                + "\nLABEL org.opencontainers.image.revision="
                + git("rev-parse", "HEAD").strip()
                + "\nLABEL org.opencontainers.image.created="
                + TIME
                + "\nLABEL org.opencontainers.image.source=https://example.com/podlab\n");
  }

  @Test
  void packsTheChartThatHelmRendersFromTheFolder() {
    Helm packed = new Helm(first.resolve("podlab-" + version + ".tgz"));

    assertThat(packed.template().withName("podlab").withNamespace("podlab").call())
        .isEqualTo(Chart.helm().template().withName("podlab").withNamespace("podlab").call())
        .contains("kind: Deployment");
  }

  @Test
  void packsTheLessons() throws Exception {
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    String archive = first.resolve("lessons-" + version + ".tar.gz").toString();
    succeed(Command.of("tar", "-xzf", archive, "-C", unpacked.toString()));

    assertThat(
            Command.of(
                    "diff", "-r", unpacked.resolve("lessons").toString(), repository + "/lessons")
                .run()
                .out())
        .isEmpty();
  }

  @Test
  void twoBuildsOfACommitDifferOnlyInTheBytecodeAndTheAotCache() throws Exception {
    // When
    Command.Result compared = compare(build("second", "none"));

    // Then
    assertThat(compared.exitCode()).as(compared.toString()).isZero();
    assertThat(compared.out())
        .contains("equal    podlab-" + version + ".tgz", "equal    lessons-", "equal    jars.txt")
        .contains("/demo-app.tar: config\n", "/demo-app.tar: runtime\n")
        .containsPattern("expected .*/demo-app.tar: service")
        .containsPattern("expected .*/demo-app.tar: aot-cache")
        .doesNotContain("DIFFERS");
  }

  @ParameterizedTest
  @CsvSource({"config, config", "runtime, runtime", "service, service", "missing, aot-cache"})
  void findsTheDifferenceInAnImage(String change, String part) throws Exception {
    // When
    Command.Result compared = compare(build(change, change));

    // Then
    assertThat(compared.exitCode()).isEqualTo(1);
    assertThat(compared.out().lines().filter(line -> line.startsWith("DIFFERS")))
        .hasSize(Service.values().length)
        .allMatch(line -> line.endsWith(".tar: " + part));
  }

  @Test
  void aBuildThatFailedCanBeRepeated() throws Exception {
    // Given
    Path again = folder.resolve("again");
    Command.Result failed =
        release("--output", again.toString()).withEnvironment("CHANGE", "failure").run();
    assertThat(failed.err()).contains("cannot save");

    // Then
    assertThat(again).doesNotExist();
    succeed(release("--output", again.toString()));
  }

  @Test
  void refusesAnOldListOfLicenses() throws Exception {
    assertThat(
            release("--output", folder.resolve("old").toString())
                .withEnvironment("CHANGE", "licenses")
                .run()
                .err())
        .contains("THIRD-PARTY.md is out of date");
  }

  private static Path build(String name, String change) throws Exception {
    Path output = folder.resolve(name);
    succeed(
        release("--output", output.toString(), "--source", "https://example.com/podlab")
            .withEnvironment("CHANGE", change));
    return output;
  }

  @Test
  void findsAFileThatDiffers() throws Exception {
    // Given
    Path other = folder.resolve("other");
    succeed(Command.of("cp", "-r", first.toString(), other.toString()));
    Files.writeString(other.resolve("podlab.yaml"), "kind: Other\n");
    succeed(
        Command.of(
                "sh",
                "-c",
                "find . -type f ! -name SHA256SUMS -printf '%P\\n' | xargs sha256sum >SHA256SUMS")
            .in(other));

    // When
    Command.Result compared = compare(other);

    // Then
    assertThat(compared.exitCode()).isEqualTo(1);
    assertThat(compared.out()).contains("DIFFERS  podlab.yaml").containsOnlyOnce("DIFFERS");
  }

  private static Command.Result compare(Path other) throws InterruptedException {
    return release("--compare", first.toString(), other.toString()).run();
  }

  private static Command release(String... arguments) {
    return Command.of(repository.resolve("deploy/release").toString())
        .with(arguments)
        .withEnvironment("CALLS", folder.resolve("calls").toString())
        .withEnvironment(
            "PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
  }

  private static String git(String... arguments) throws InterruptedException {
    return succeed(
        Command.of("git", "-c", "user.name=t", "-c", "user.email=t@example.com")
            .with("-c", "commit.gpgsign=false")
            .with(arguments)
            .in(repository)
            .withEnvironment("GIT_COMMITTER_DATE", SECONDS + " +0000"));
  }

  private static String succeed(Command command) throws InterruptedException {
    Command.Result result = command.run();
    assertThat(result.exitCode()).as(command + ": " + result).isZero();
    return result.out();
  }

  private static void program(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
