package io.podlab.config.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.podlab.config.source.ReadResult;
import io.podlab.config.source.Reading;
import io.podlab.config.source.SourceName;
import io.podlab.kit.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigDirectoryTest {
  private static final int ONE_MEBIBYTE = 1024 * 1024;

  @TempDir Path path;
  private final SettableClock clock = new SettableClock();

  private ConfigDirectory directory() {
    return new ConfigDirectory(path, clock);
  }

  private static Map<String, String> data(ReadResult look) {
    assertThat(look.reading()).isInstanceOf(Reading.Content.class);
    return ((Reading.Content) look.reading()).snapshot().data();
  }

  @Nested
  class MountedByTheKubelet {
    private MountedConfigMap configMap;
    private ConfigDirectory directory;

    @BeforeEach
    void mount() throws IOException {
      configMap = new MountedConfigMap(path);
      configMap.publish(Map.of("color", "red", "size", "large"));
      directory = directory();
    }

    @Test
    void isAVolume() {
      assertThat(directory.name()).isEqualTo(SourceName.VOLUME);
    }

    @Test
    void hasAKeyPerFile() {
      assertThat(data(directory.look())).isEqualTo(Map.of("color", "red", "size", "large"));
    }

    @Test
    void namesTheVersionByItsDirectory() throws IOException {
      // When
      Reading reading = directory.look().reading();

      // Then
      assertThat(((Reading.Content) reading).version())
          .contains(Files.readSymbolicLink(path.resolve("..data")).toString());
    }

    @Test
    void givesTheSameReadingWhileNothingChanges() {
      // Given
      Reading before = directory.look().reading();

      // When, Then
      assertThat(directory.look().reading()).isSameAs(before);
    }

    @Test
    void followsAnUpdate() throws IOException {
      // Given
      directory.look();
      configMap.publish(Map.of("color", "blue", "shape", "round"));

      // When, Then
      assertThat(data(directory.look())).isEqualTo(Map.of("color", "blue", "shape", "round"));
    }

    @Test
    void tellsWhenTheLinkWasSwapped() throws IOException {
      // Given
      Instant before = Instant.now();
      configMap.publish(Map.of("color", "blue"));

      // When
      Reading.Content content = (Reading.Content) directory.look().reading();

      // Then
      assertThat(content.changed())
          .hasValueSatisfying(
              at -> assertThat(at).isBetween(before.minusSeconds(1), Instant.now()));
    }

    @Test
    void readsThePublishedVersionBeforeItsLinksAreThere() throws IOException {
      // Given
      Files.delete(path.resolve("size"));

      // When, Then
      assertThat(data(directory.look())).containsKey("size");
    }

    @Test
    void ignoresALinkThatIsStale() throws IOException {
      // Given
      Files.createSymbolicLink(path.resolve("removed"), Path.of("..data/removed"));

      // When, Then
      assertThat(data(directory.look())).doesNotContainKey("removed");
    }

    @Test
    void hasHiddenKeys() throws IOException {
      // Given
      configMap.publish(Map.of(".env", "A=1"));

      // When, Then
      assertThat(data(directory.look())).containsOnlyKeys(".env");
    }

    @Test
    void cannotBeReadWhileItsLinkDangles() throws IOException {
      // Given
      ReadResult before = directory.look();
      Files.delete(path.resolve("..data"));
      Files.createSymbolicLink(path.resolve("..data"), Path.of("..nowhere"));
      clock.advance(Duration.ofSeconds(5));

      // When
      ReadResult look = directory.look();

      // Then
      assertThat(look.reading())
          .isEqualTo(
              new Reading.Unreadable(path + ": ..data leads to ..nowhere, which is not there"));
      assertThat(look.confirmedAt()).isEqualTo(before.confirmedAt());
    }

    @Test
    void comesBackWhenItsLinkDoes() throws IOException {
      // Given
      directory.look();
      Files.delete(path.resolve("..data"));
      Files.createSymbolicLink(path.resolve("..data"), Path.of("..nowhere"));
      directory.look();
      Files.delete(path.resolve("..data"));
      configMap.publish(Map.of("color", "green"));

      // When, Then
      assertThat(data(directory.look())).isEqualTo(Map.of("color", "green"));
    }

    @Test
    void isGoneWithoutItsLink() throws IOException {
      // Given
      Files.delete(path.resolve("..data"));

      // When, Then
      assertThat(directory.look().reading())
          .isEqualTo(new Reading.Gone(path.resolve("..data") + " is gone"));
    }

    @Test
    void isGoneWhenAnOptionalConfigMapWasDeleted() throws IOException {
      // Given
      configMap.publish(Map.of());

      // When, Then
      assertThat(directory.look().reading()).isEqualTo(new Reading.Gone(path + " holds no keys"));
    }

    /**
     * Each version has the same value under all its keys, and as many keys as its value says: a
     * mixture of two versions shows. Between any two of its steps the kubelet pauses.
     */
    @Test
    void givesSixteenReadersOneVersionWhileTheKubeletTakesItsSteps() throws Exception {
      // Given
      MountedConfigMap slow =
          new MountedConfigMap(
              path, () -> LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500)));
      slow.publish(version(0));
      AtomicBoolean done = new AtomicBoolean();
      ExecutorService readers = Executors.newFixedThreadPool(16);
      List<Future<List<Map<String, String>>>> results = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        results.add(readers.submit(() -> readUntil(done)));
      }

      // When
      try {
        for (int i = 1; i <= 100; i++) {
          slow.publish(version(i));
        }
      } finally {
        done.set(true);
        readers.shutdown();
      }

      // Then
      for (Future<List<Map<String, String>>> result : results) {
        assertThat(result.get())
            .hasSizeGreaterThan(1)
            .allMatch(
                data -> data.equals(version(Integer.parseInt(data.getOrDefault("key-0", "-1")))));
      }
    }

    private List<Map<String, String>> readUntil(AtomicBoolean done) {
      List<Map<String, String>> read = new ArrayList<>();
      ConfigDirectory own = directory();
      do {
        // A refusal is allowed; a mixture is not.
        if (own.read().reading() instanceof Reading.Content content) {
          read.add(content.snapshot().data());
        }
      } while (!done.get());
      read.add(data(own.read()));
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
    private ConfigDirectory directory;

    @BeforeEach
    void fill() throws IOException {
      Files.writeString(path.resolve("color"), "red");
      directory = directory();
    }

    @Test
    void isNoVolume() {
      assertThat(directory.name()).isEqualTo(SourceName.DIRECTORY);
    }

    @Test
    void hasAKeyPerFile() throws IOException {
      // Given
      Files.writeString(path.resolve("size"), "large");

      // When, Then
      assertThat(data(directory.look())).isEqualTo(Map.of("color", "red", "size", "large"));
    }

    @Test
    void isGoneWithoutFiles() throws IOException {
      // Given
      directory.look();
      Files.delete(path.resolve("color"));

      // When, Then
      assertThat(directory.look().reading()).isEqualTo(new Reading.Gone(path + " holds no keys"));
    }

    @Test
    void isGoneWhenItIsRemoved() throws IOException {
      // Given
      Files.delete(path.resolve("color"));
      Files.delete(path);

      // When, Then
      assertThat(directory.look().reading()).isEqualTo(new Reading.Gone(path + " is gone"));
      Files.createDirectories(path);
    }

    @Test
    void givesTheSameReadingWhileNothingChanges() {
      // Given
      Reading before = directory.look().reading();

      // When, Then
      assertThat(directory.look().reading()).isSameAs(before);
    }

    /** Two edits of one tick of the file system's clock look the same but for their content. */
    @Test
    void seesAnEditInPlaceOfTheSameLengthAndTime() throws IOException {
      // Given
      directory.look();
      FileTime time = Files.getLastModifiedTime(path.resolve("color"));
      Files.writeString(path.resolve("color"), "tan");
      Files.setLastModifiedTime(path.resolve("color"), time);

      // When, Then
      assertThat(data(directory.look())).containsEntry("color", "tan");
    }

    /** Kernels differ in how fine their time stamps are; the rule must hold for the coarsest. */
    @ParameterizedTest
    @CsvSource({"-2001, false", "-2000, false", "-1999, true", "0, true", "60000, true"})
    void isReadAgainWhileATimeStampMayHideAnEdit(long age, boolean again) {
      // Given
      Instant taken = Instant.parse("2026-03-01T12:00:00Z");

      // When, Then
      assertThat(new ConfigDirectory.Fingerprint("x", taken.plusMillis(age), taken).isRacy())
          .isEqualTo(again);
    }

    @Test
    void seesFilesThatAreWrittenInOneTick() throws IOException {
      for (int i = 10; i < 99; i++) {
        // Given
        Files.writeString(path.resolve("color"), Integer.toString(i));

        // When, Then
        assertThat(data(directory.look())).containsEntry("color", Integer.toString(i));
      }
    }

    @Test
    void seesAFileThatIsReplacedByOneOfTheSameLengthAndTime() throws IOException {
      // Given
      directory.look();
      Path other = Files.writeString(path.resolve("..other"), "tan");
      Files.setLastModifiedTime(other, Files.getLastModifiedTime(path.resolve("color")));
      Files.move(other, path.resolve("color"), StandardCopyOption.REPLACE_EXISTING);

      // When, Then
      assertThat(data(directory.look())).containsEntry("color", "tan");
    }

    @Test
    void seesAFileThatIsRenamed() throws IOException {
      // Given
      directory.look();
      Files.move(path.resolve("color"), path.resolve("colour"));

      // When, Then
      assertThat(data(directory.look())).containsOnlyKeys("colour");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..x", ".git", ".greeting.swp", "greeting~", "#greeting#", "a b"})
    void passesOverWhatIsAnEditorsOrGits(String name) throws IOException {
      // Given
      Files.writeString(path.resolve(name), "hidden");

      // When, Then
      assertThat(data(directory.look())).containsOnlyKeys("color");
    }

    @Test
    void passesOverTheDirectoryOfGit() throws IOException {
      // Given
      Files.createDirectories(path.resolve(".git/objects"));

      // When, Then
      assertThat(data(directory.look())).containsOnlyKeys("color");
    }

    @Test
    void refusesAKeyThatIsADirectory() throws IOException {
      // Given
      Files.createDirectories(path.resolve("greeting"));

      // When, Then
      assertThat(directory.look().reading())
          .isEqualTo(new Reading.Refused("greeting", "it is a directory, and a key is a file"));
    }

    @Test
    void followsALinkToAFile() throws IOException {
      // Given
      Files.createSymbolicLink(path.resolve("alias"), Path.of("color"));

      // When, Then
      assertThat(data(directory.look())).containsEntry("alias", "red");
    }

    @Test
    void passesOverAnEditorsLockThatLeadsNowhere() throws IOException {
      // Given
      directory.look();
      Files.createSymbolicLink(path.resolve(".#color"), Path.of("me@host.4711"));
      Files.writeString(path.resolve("color"), "blue");

      // When, Then
      assertThat(data(directory.look())).isEqualTo(Map.of("color", "blue"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"color", "new"})
    void refusesAKeyThatIsALinkThatLeadsNowhere(String key) throws IOException {
      // Given
      Files.setLastModifiedTime(path.resolve("color"), FileTime.from(Instant.EPOCH));
      directory.look();
      Files.deleteIfExists(path.resolve(key));
      Files.createSymbolicLink(path.resolve(key), Path.of("no-such-file"));

      // When, Then
      assertThat(directory.look().reading())
          .isEqualTo(new Reading.Refused(key, "it is a link that leads nowhere"));
    }

    @Test
    void saysThatLinksGoInALoop() throws IOException {
      // Given
      Files.createSymbolicLink(path.resolve("greeting"), Path.of("greeting"));

      // When, Then
      assertThat(directory.look().reading())
          .isInstanceOfSatisfying(
              Reading.Unreadable.class,
              reading ->
                  assertThat(reading.why())
                      .startsWith(
                          path.resolve("greeting") + ": Too many levels of symbolic links"));
    }

    @Test
    void saysThatAFileCannotBeRead() throws IOException {
      // Given: even root gets an input/output error there.
      Path unreadable = Path.of("/proc/self/mem");
      assumeThat(unreadable).exists();
      Files.createSymbolicLink(path.resolve("greeting"), unreadable);

      // When, Then
      assertThat(directory.look().reading()).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void saysThatThePermissionWasRemoved() throws IOException {
      // Given
      Path color = path.resolve("color");
      ReadResult before = directory.look();
      Files.setPosixFilePermissions(color, PosixFilePermissions.fromString("---------"));
      assumeThat(Files.isReadable(color)).as("root reads everything").isFalse();
      clock.advance(Duration.ofSeconds(5));

      // When
      ReadResult look = directory.look();

      // Then
      assertThat(look.reading())
          .isEqualTo(new Reading.Unreadable("no permission to read " + color));
      assertThat(look.confirmedAt()).isEqualTo(before.confirmedAt());
    }

    @Test
    void takesValuesOfOneMebibyteTogether() throws IOException {
      // Given
      Files.write(path.resolve("rest"), new byte[ONE_MEBIBYTE - "red".length()]);

      // When, Then
      assertThat(data(directory.look())).containsOnlyKeys("color", "rest");
    }

    @ParameterizedTest
    @ValueSource(ints = {ONE_MEBIBYTE + 1 - 3, 2 * ONE_MEBIBYTE})
    void refusesMore(int length) throws IOException {
      // Given
      Files.write(path.resolve("rest"), new byte[length]);

      // When, Then
      assertThat(directory.look().reading())
          .isEqualTo(
              new Reading.Refused(
                  "rest",
                  "with it the values are longer than 1048576 bytes together, which is all that a"
                      + " ConfigMap can hold"));
    }

    @Test
    void takesTenThousandFilesAndNoMore() throws IOException {
      // Given
      for (int i = 1; i < ConfigDirectory.MOST_KEYS; i++) {
        Files.createFile(path.resolve("key-" + i));
      }
      assertThat(data(directory.look())).hasSize(ConfigDirectory.MOST_KEYS);
      Files.createFile(path.resolve("one-more"));

      // When, Then
      assertThat(directory.look().reading())
          .isEqualTo(new Reading.Refused("", "there are more than 10,000 files"));
    }

    @Test
    void confirmsWithEachLook() {
      // Given
      directory.look();
      clock.advance(Duration.ofSeconds(5));

      // When, Then
      assertThat(directory.look().confirmedAt()).contains(clock.instant());
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
      while (read.size() < 100) {
        if (directory.read().reading() instanceof Reading.Content content) {
          read.add(content.snapshot().data());
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
