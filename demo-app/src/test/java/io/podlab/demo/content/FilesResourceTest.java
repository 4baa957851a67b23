package io.podlab.demo.content;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(FilesResourceTest.WithContent.class)
class FilesResourceTest {
  private static final Path TOP = Path.of("target", "content-test").toAbsolutePath();
  private static final Path DIRECTORY = TOP.resolve("content");

  public static final class WithContent implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("lab.demo.content", DIRECTORY.toString());
    }
  }

  @BeforeEach
  void content() throws IOException {
    if (Files.exists(TOP)) {
      try (Stream<Path> old = Files.walk(TOP)) {
        old.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
    Files.createDirectories(DIRECTORY.resolve("..1"));
    Files.writeString(DIRECTORY.resolve("..1/index.html"), "<h1>first</h1>");
    Files.createSymbolicLink(DIRECTORY.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(DIRECTORY.resolve("index.html"), Path.of("..data/index.html"));
    Files.createDirectories(DIRECTORY.resolve("below"));
    Files.writeString(DIRECTORY.resolve("below/größe 1.txt"), "Größe");
    Files.writeString(TOP.resolve("outside"), "secret");
    Files.createSymbolicLink(DIRECTORY.resolve("link"), TOP.resolve("outside"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "text/html", "text/html,application/xhtml+xml,*/*;q=0.8"})
  void isWhatTheRootAnswers(String accept) {
    given()
        .accept(accept)
        .when()
        .get("/")
        .then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .body(equalTo("<h1>first</h1>"));
  }

  @Test
  void leavesJsonAtTheRootToWhoAnswers() {
    given().accept("application/json").get("/").then().statusCode(200).body("requests", equalTo(1));
  }

  @Test
  void isShownAsItIsAtThatMoment() throws IOException {
    // Given
    when().get("/").then().body(equalTo("<h1>first</h1>"));

    // When: changed in the way of the kubelet
    Files.createDirectories(DIRECTORY.resolve("..2"));
    Files.writeString(DIRECTORY.resolve("..2/index.html"), "<h1>second, longer</h1>");
    Files.createSymbolicLink(DIRECTORY.resolve("..data_tmp"), Path.of("..2"));
    Files.move(
        DIRECTORY.resolve("..data_tmp"),
        DIRECTORY.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE);

    // Then
    when().get("/").then().body(equalTo("<h1>second, longer</h1>"));
  }

  @Test
  void isThereWhileTheKubeletChangesIt() throws Exception {
    // Given
    int requests = 300;
    Semaphore begun = new Semaphore(0);
    CompletableFuture<Void> kubelet =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < requests; i++) {
                begun.acquireUninterruptibly();
                swap("..1".equals(current()) ? "..2" : "..1");
              }
            });

    // Then
    for (int i = 0; i < requests; i++) {
      begun.release();
      when().get("/").then().statusCode(200).body(startsWith("<h1>"));
    }
    kubelet.get();
  }

  private static String current() {
    try {
      return Files.readSymbolicLink(DIRECTORY.resolve("..data")).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** New directory, link, old directory: the order of the kubelet's atomic_writer.go. */
  private static void swap(String to) {
    try {
      String from = current();
      Files.createDirectories(DIRECTORY.resolve(to));
      Files.writeString(DIRECTORY.resolve(to).resolve("index.html"), "<h1>" + to + "</h1>");
      Files.createSymbolicLink(DIRECTORY.resolve("..data_tmp"), Path.of(to));
      Files.move(
          DIRECTORY.resolve("..data_tmp"),
          DIRECTORY.resolve("..data"),
          StandardCopyOption.ATOMIC_MOVE);
      Files.delete(DIRECTORY.resolve(from).resolve("index.html"));
      Files.delete(DIRECTORY.resolve(from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void sendsWhatIsLongToo() throws IOException {
    // Given
    Files.write(DIRECTORY.resolve("long.bin"), new byte[200_000]);

    // Then
    byte[] file = when().get("/files/long.bin").then().statusCode(200).extract().asByteArray();
    assertThat(file).isEqualTo(new byte[200_000]);
  }

  @Test
  void saysThatThereIsNoIndex() throws IOException {
    // Given
    Files.delete(DIRECTORY.resolve("index.html"));

    // Then
    when()
        .get("/")
        .then()
        .statusCode(404)
        .body(equalTo("404 Not Found: no file named 'index.html'; /files/ lists the files\n"));
  }

  @Test
  void hasFilesWithAnyNameForAnyAcceptHeader() {
    given()
        .accept("image/avif,image/webp")
        .when()
        .get("/files/below/größe 1.txt")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .header("Cache-Control", "no-cache")
        .header("X-Content-Type-Options", "nosniff")
        .body(equalTo("Größe"));
  }

  @Test
  void saysThatAFileIsThereWithoutSendingIt() {
    when().head("/").then().statusCode(200).contentType("text/html;charset=UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/files", "/files/"})
  void isListed(String path) {
    given().accept("*/*").get(path).then().statusCode(200).body(equalTo("below/\nindex.html\n"));
    given()
        .accept("application/json")
        .get(path)
        .then()
        .contentType("application/json")
        .body("entries", contains("below/", "index.html"))
        .body("complete", equalTo(true));
  }

  @Test
  void isNoPlaceForLongFiles() throws IOException {
    // Given
    try (RandomAccessFile file = new RandomAccessFile(DIRECTORY.resolve("long").toFile(), "rw")) {
      file.setLength(FilesResource.LONGEST_BYTES + 1);
    }

    // Then
    when()
        .get("/files/long")
        .then()
        .statusCode(403)
        .body(startsWith("403 Forbidden: the file is too large (at most 16 MiB)"));
  }

  /** Paths that HTTP clients would normalize. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/../outside",
        "/files/below/../../outside",
        "/files/..%2foutside",
        "/files/..%2Foutside",
        "/files/%2e%2e/outside",
        "/files/%2e%2e%2foutside",
        "/files/..%5coutside",
        "/files/below%2fgr%c3%b6%c3%9fe%201.txt",
        "/files//../outside",
        "/files/./../outside",
        "/files/..;/outside",
        "/files/%252e%252e/outside",
        "/files/%00",
        "/files/index.html%00.txt",
        "/files/link",
        "/files/..data/index.html",
        "/files/.%2e/outside",
        "/files/%2fetc/passwd",
        "/files//etc/passwd",
      })
  void hasNoWayOut(String path) throws IOException {
    assertThat(raw(path)).startsWith("HTTP/1.1 404 ").doesNotContain("secret", "root:");
  }

  private static String raw(String path) throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
