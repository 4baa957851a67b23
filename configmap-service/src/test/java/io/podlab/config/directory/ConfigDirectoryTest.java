package io.podlab.config.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDirectoryTest {
  @TempDir Path path;
  private ConfigDirectory directory;

  @BeforeEach
  void choose() {
    directory = new ConfigDirectory(path);
  }

  @Nested
  class MountedByTheKubelet {
    private MountedConfigMap configMap;

    @BeforeEach
    void mount() throws IOException {
      configMap = new MountedConfigMap(path);
      configMap.publish(Map.of("color", "red", "size", "large"));
    }

    @Test
    void hasAKeyPerFile() throws IOException {
      // When
      Snapshot snapshot = directory.read();

      // Then
      assertThat(snapshot.data()).isEqualTo(Map.of("color", "red", "size", "large"));
    }

    @Test
    void followsAnUpdate() throws IOException {
      // Given
      configMap.publish(Map.of("color", "blue", "shape", "round"));

      // When
      Snapshot snapshot = directory.read();

      // Then
      assertThat(snapshot.data()).isEqualTo(Map.of("color", "blue", "shape", "round"));
    }

    @Test
    void hasAnotherFingerprintAfterAnUpdate() throws IOException {
      // Given
      String before = directory.fingerprint();

      // When
      configMap.publish(Map.of("color", "red", "size", "large"));

      // Then
      assertThat(directory.fingerprint()).isNotEqualTo(before);
    }

    @Test
    void readsThePublishedVersionWhileTheNextIsBeingWritten() throws IOException {
      // Given
      Files.createDirectories(path.resolve("..2026_03_01_12_00_01.000000000"));
      Files.writeString(path.resolve("..2026_03_01_12_00_01.000000000/color"), "bl");
      Files.createSymbolicLink(
          path.resolve("..data_tmp"), Path.of("..2026_03_01_12_00_01.000000000"));

      // When
      Snapshot snapshot = directory.read();

      // Then
      assertThat(snapshot.data()).isEqualTo(Map.of("color", "red", "size", "large"));
    }

    @Test
    void readsThePublishedVersionBeforeItsLinksAreThere() throws IOException {
      // Given
      Files.delete(path.resolve("size"));

      // When
      Snapshot snapshot = directory.read();

      // Then
      assertThat(snapshot.data()).containsKey("size");
    }

    @Test
    void ignoresALinkThatIsStale() throws IOException {
      // Given
      Files.createSymbolicLink(path.resolve("removed"), Path.of("..data/removed"));

      // When
      Snapshot snapshot = directory.read();

      // Then
      assertThat(snapshot.data()).doesNotContainKey("removed");
    }

    @Test
    void saysThatItIsInUnrestWhenTheVersionIsMissing() throws IOException {
      // Given
      Files.delete(path.resolve("..data"));
      Files.createSymbolicLink(path.resolve("..data"), Path.of("..nowhere"));

      // When, Then
      assertThatIOException()
          .isThrownBy(directory::read)
          .withMessage(
              "%s changes faster than it can be read; %s leads nowhere"
                  .formatted(path, path.resolve("..nowhere")));
    }

    /** The one moment at which a reader could take the remains of the old version for a whole. */
    @Test
    void readsTheNextVersionWhenItIsSwappedInAfterTheLinkWasResolved() throws IOException {
      // Given
      AtomicBoolean swapped = new AtomicBoolean();
      Path watched =
          whenAVersionIsResolved(
              () -> {
                if (swapped.compareAndSet(false, true)) {
                  Path old = path.resolve(Files.readSymbolicLink(path.resolve("..data")));
                  Path next = Files.createDirectory(path.resolve("..next"));
                  Files.writeString(next.resolve("color"), "blue");
                  Files.createSymbolicLink(path.resolve("..data_tmp"), next.getFileName());
                  Files.move(
                      path.resolve("..data_tmp"),
                      path.resolve("..data"),
                      StandardCopyOption.ATOMIC_MOVE);
                  Files.delete(old.resolve("size"));
                }
                return null;
              });

      // When
      Snapshot snapshot = new ConfigDirectory(watched).read();

      // Then
      assertThat(snapshot.data()).isEqualTo(Map.of("color", "blue"));
    }

    private Path whenAVersionIsResolved(Callable<Void> action) {
      return (Path)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Path.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("resolve") && arguments[0] instanceof Path) {
                  action.call();
                }
                return method.invoke(path, arguments);
              });
    }

    /**
     * Each version has the same value under all its keys, and as many keys as its value says: a
     * mixture of two versions shows.
     */
    @Test
    void givesEveryReaderOneVersionWhileTheKubeletWrites() throws Exception {
      // Given
      configMap.publish(version(0));
      AtomicBoolean done = new AtomicBoolean();
      ExecutorService readers = Executors.newFixedThreadPool(4);
      List<Future<List<Map<String, String>>>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        results.add(readers.submit(() -> readUntil(done)));
      }

      // When
      try {
        for (int i = 1; i <= 100; i++) {
          configMap.publish(version(i));
        }
      } finally {
        done.set(true);
        readers.shutdown();
      }

      // Then
      for (Future<List<Map<String, String>>> result : results) {
        assertThat(result.get())
            .isNotEmpty()
            .allMatch(
                data -> data.equals(version(Integer.parseInt(data.getOrDefault("key-0", "-1")))));
      }
    }

    private List<Map<String, String>> readUntil(AtomicBoolean done) throws IOException {
      List<Map<String, String>> read = new ArrayList<>();
      do {
        try {
          read.add(directory.read().data());
        } catch (IOException tooFast) {
          // A refusal is allowed; a mixture is not.
          assertThat(tooFast).hasMessageContaining("changes faster than it can be read");
        }
      } while (!done.get());
      read.add(directory.read().data());
      return read;
    }

    private static Map<String, String> version(int number) {
      return IntStream.rangeClosed(0, number % 3)
          .boxed()
          .collect(Collectors.toMap(i -> "key-" + i, i -> Integer.toString(number)));
    }
  }

  @Nested
  class EditedByHand {
    @BeforeEach
    void fill() throws IOException {
      Files.writeString(path.resolve("color"), "red");
    }

    @Test
    void hasAKeyPerFile() throws IOException {
      // Given
      Files.writeString(path.resolve("size"), "large");

      // When
      Snapshot snapshot = directory.read();

      // Then
      assertThat(snapshot.data()).isEqualTo(Map.of("color", "red", "size", "large"));
    }

    @Test
    void isEmptyWithoutFiles() throws IOException {
      // Given
      Files.delete(path.resolve("color"));

      // When
      Snapshot snapshot = directory.read();

      // Then
      assertThat(snapshot.data()).isEmpty();
    }

    @Test
    void hasTheSameFingerprintWhileNothingChanges() throws IOException {
      // Given
      String before = directory.fingerprint();

      // When
      directory.read();

      // Then
      assertThat(directory.fingerprint()).isEqualTo(before);
    }

    @Test
    void hasAnotherFingerprintAfterAFileGrew() throws IOException {
      // Given
      String before = directory.fingerprint();

      // When
      Files.writeString(path.resolve("color"), "crimson");

      // Then
      assertThat(directory.fingerprint()).isNotEqualTo(before);
    }

    @Test
    void hasAnotherFingerprintAfterAFileWasReplacedByOneOfTheSameLengthAndTime()
        throws IOException {
      // Given
      String before = directory.fingerprint();
      Path other = Files.writeString(path.resolve("..other"), "tan");
      Files.setLastModifiedTime(other, Files.getLastModifiedTime(path.resolve("color")));

      // When
      Files.move(other, path.resolve("color"), StandardCopyOption.REPLACE_EXISTING);

      // Then
      assertThat(directory.fingerprint()).isNotEqualTo(before);
    }

    @Test
    void hasAnotherFingerprintAfterAFileWasRenamed() throws IOException {
      // Given
      String before = directory.fingerprint();

      // When
      Files.move(path.resolve("color"), path.resolve("colour"));

      // Then
      assertThat(directory.fingerprint()).isNotEqualTo(before);
    }

    @Test
    void hasAnotherFingerprintAfterAFileWasRemoved() throws IOException {
      // Given
      String before = directory.fingerprint();

      // When
      Files.delete(path.resolve("color"));

      // Then
      assertThat(directory.fingerprint()).isNotEqualTo(before);
    }

    @Test
    void passesOverSubdirectories() throws IOException {
      // Given
      Files.createDirectories(path.resolve("folder"));
      Files.writeString(path.resolve("folder/size"), "large");

      // When
      Snapshot snapshot = directory.read();

      // Then
      assertThat(snapshot.data()).containsOnlyKeys("color");
    }

    @Test
    void passesOverNamesThatBeginWithTwoDots() throws IOException {
      // Given
      Files.writeString(path.resolve("..x"), "hidden");

      // When
      Snapshot snapshot = directory.read();

      // Then
      assertThat(snapshot.data()).containsOnlyKeys("color");
    }

    @Test
    void hasNamesThatBeginWithOneDot() throws IOException {
      // Given
      Files.writeString(path.resolve(".env"), "A=1");

      // When
      Snapshot snapshot = directory.read();

      // Then
      assertThat(snapshot.data()).containsOnlyKeys(".env", "color");
    }

    @Test
    void followsALinkToAFile() throws IOException {
      // Given
      Files.createSymbolicLink(path.resolve("alias"), Path.of("color"));

      // When
      Snapshot snapshot = directory.read();

      // Then
      assertThat(snapshot.data()).containsEntry("alias", "red");
    }

    @Test
    void namesALinkThatLeadsNowhere() throws IOException {
      // Given
      Path dangling = Files.createSymbolicLink(path.resolve("alias"), Path.of("nowhere"));

      // When, Then
      assertThatIOException()
          .isThrownBy(directory::read)
          .withMessageEndingWith("; " + dangling + " leads nowhere");
    }

    @Test
    void takesValuesOfOneMebibyteTogether() throws IOException {
      // Given
      Files.write(path.resolve("rest"), new byte[1024 * 1024 - "red".length()]);

      // When
      Snapshot snapshot = directory.read();

      // Then
      assertThat(snapshot.data()).containsOnlyKeys("color", "rest");
    }

    @Test
    void refusesAByteMore() throws IOException {
      // Given
      Path rest = Files.write(path.resolve("rest"), new byte[1024 * 1024 + 1 - "red".length()]);

      // When, Then
      assertThatIOException()
          .isThrownBy(directory::read)
          .withMessage("the values are longer than 1048576 bytes together, at " + rest);
    }

    @Test
    void refusesMoreThanTenThousandFiles() throws IOException {
      // Given
      for (int i = 0; i < ConfigDirectory.MOST_KEYS; i++) {
        Files.createFile(path.resolve("key-" + i));
      }

      // When, Then
      assertThatIOException()
          .isThrownBy(directory::read)
          .withMessage(path + " has more than 10000 files");
    }

    @Test
    void saysThatItIsGone() throws IOException {
      // Given
      Files.delete(path.resolve("color"));
      Files.delete(path);

      // When, Then
      assertThatIOException().isThrownBy(directory::read).withMessage(path + " is gone");
      Files.createDirectories(path);
    }

    @Test
    void saysThatItIsNoDirectory() {
      // Given
      Path file = path.resolve("color");

      // When, Then
      assertThatIOException()
          .isThrownBy(new ConfigDirectory(file)::read)
          .withMessage(file + " is no directory");
    }

    /** A file that is written in place may be read half, but never together with a later one. */
    @Test
    void givesEveryReaderFilesOfOneMomentWhileTheyAreReplaced() throws Exception {
      // Given
      AtomicBoolean done = new AtomicBoolean();
      ExecutorService writer = Executors.newSingleThreadExecutor();
      replace("color", "0");
      replace("size", "0");

      // When
      Future<?> written =
          writer.submit(
              () -> {
                for (int i = 1; !done.get(); i++) {
                  replace("color", Integer.toString(i));
                  replace("size", Integer.toString(i));
                }
                return null;
              });
      List<Map<String, String>> read = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        try {
          read.add(new TreeMap<>(directory.read().data()));
        } catch (IOException tooFast) {
          assertThat(tooFast).hasMessageContaining("changes faster than it can be read");
        }
      }
      done.set(true);
      writer.shutdown();
      written.get();

      // Then
      assertThat(read)
          .allSatisfy(
              data ->
                  assertThat(
                          Integer.parseInt(data.get("color")) - Integer.parseInt(data.get("size")))
                      .isBetween(0, 1));
    }

    private void replace(String key, String value) throws IOException {
      Path next = Files.writeString(path.resolve("..next"), value);
      Files.move(
          next,
          path.resolve(key),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
