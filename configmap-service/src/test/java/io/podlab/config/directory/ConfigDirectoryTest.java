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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
    void isAVolumeWithAKeyPerFile() {
      assertThat(directory.name()).isEqualTo(SourceName.VOLUME);
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
              new Reading.Unreadable(path + ": ..data points to ..nowhere, which does not exist"));
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
          .isEqualTo(new Reading.Gone(path.resolve("..data") + " does not exist"));
    }

    @Test
    void isGoneWhenAnOptionalConfigMapWasDeleted() throws IOException {
      // Given
      configMap.publish(Map.of());

      // When, Then
      assertThat(directory.look().reading()).isEqualTo(new Reading.Gone(path + " has no keys"));
    }

    /**
     * In each version, all keys have the same value, which is the number of keys. So the test sees
     * a mixture of two versions.
     */
    @Test
    void givesOneVersionBetweenAnyTwoStepsOfTheKubelet() throws IOException {
      // Given
      configMap.publish(version(0));
      List<Reading> read = new ArrayList<>();
      MountedConfigMap watched =
          new MountedConfigMap(path, () -> read.add(directory.look().reading()));

      // When
      for (int i = 1; i <= 5; i++) {
        watched.publish(version(i));
      }

      // Then
      assertThat(read).hasSizeGreaterThan(25).allMatch(this::isWhole);
    }

    @Test
    @Timeout(60)
    void givesManyReadersOneVersionWhileTheKubeletTakesItsSteps() throws Exception {
      // Given
      configMap.publish(version(0));
      ExecutorService readers = Executors.newFixedThreadPool(4);
      List<Future<List<Reading>>> results =
          IntStream.range(0, 4).mapToObj(i -> readers.submit(() -> read(50))).toList();

      // When
      for (int i = 1; !results.stream().allMatch(Future::isDone); i++) {
        configMap.publish(version(i));
      }
      readers.shutdown();

      // Then
      for (Future<List<Reading>> result : results) {
        assertThat(result.get()).allMatch(this::isWhole);
      }
    }

    private List<Reading> read(int times) {
      List<Reading> read = new ArrayList<>();
      ConfigDirectory own = directory();
      while (read.size() < times) {
        Reading reading = own.read().reading();
        // Unreadable is a correct result. A mixture is not, and the directory is never gone.
        if (!(reading instanceof Reading.Unreadable)) {
          read.add(reading);
        }
      }
      return read;
    }

    private boolean isWhole(Reading reading) {
      return reading instanceof Reading.Content content
          && content
              .snapshot()
              .data()
              .equals(version(Integer.parseInt(content.snapshot().data().get("key-0"))));
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
    void isADirectoryWithAKeyPerFile() throws IOException {
      // Given
      Files.writeString(path.resolve("size"), "large");

      // When, Then
      assertThat(directory.name()).isEqualTo(SourceName.DIRECTORY);
      assertThat(data(directory.look())).isEqualTo(Map.of("color", "red", "size", "large"));
    }

    @Test
    void givesTheSameReadingWhileNothingChanges() {
      // Given
      Reading before = directory.look().reading();

      // When, Then
      assertThat(directory.look().reading()).isSameAs(before);
    }

    private static Arguments seen(String name, Edit edit, Map<String, String> after) {
      return Arguments.of(name, edit, after);
    }

    static Stream<Arguments> seesAnEdit() {
      return Stream.of(
          seen(
              "in place; two changes within one tick of the file system's clock look the same",
              path -> {
                FileTime time = Files.getLastModifiedTime(path.resolve("color"));
                Files.writeString(path.resolve("color"), "tan");
                Files.setLastModifiedTime(path.resolve("color"), time);
              },
              Map.of("color", "tan")),
          seen(
              "by another file of the same length and time",
              path -> {
                Path other = Files.writeString(path.resolve("..other"), "tan");
                Files.setLastModifiedTime(other, Files.getLastModifiedTime(path.resolve("color")));
                Files.move(other, path.resolve("color"), StandardCopyOption.REPLACE_EXISTING);
              },
              Map.of("color", "tan")),
          seen(
              "by a new name",
              path -> Files.move(path.resolve("color"), path.resolve("shade")),
              Map.of("shade", "red")),
          seen(
              "by a link to a file",
              path -> Files.createSymbolicLink(path.resolve("alias"), Path.of("color")),
              Map.of("color", "red", "alias", "red")),
          seen(
              "next to an editor's lock, a dangling link",
              path -> {
                Files.createSymbolicLink(path.resolve(".#color"), Path.of("me@host.4711"));
                Files.writeString(path.resolve("color"), "blue");
              },
              Map.of("color", "blue")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void seesAnEdit(String name, Edit edit, Map<String, String> after) throws IOException {
      // Given
      directory.look();

      // When
      edit.make(path);

      // Then
      assertThat(data(directory.look())).isEqualTo(after);
    }

    /** Kernels have different resolutions of time stamps; the rule must work for the coarsest. */
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

    @ParameterizedTest
    @ValueSource(
        strings = {"..x", ".git/objects", ".greeting.swp", "greeting~", "#greeting#", "a b"})
    void passesOverWhatIsAnEditorsOrGits(String name) throws IOException {
      // Given
      Files.createDirectories(path.resolve(name).getParent());
      Files.writeString(path.resolve(name), "hidden");

      // When, Then
      assertThat(data(directory.look())).containsOnlyKeys("color");
    }

    private interface Edit {
      void make(Path directory) throws IOException;
    }

    private static Arguments edit(String name, Edit edit, Function<Path, Reading> reading) {
      return Arguments.of(name, edit, reading);
    }

    private static Reading tooLong() {
      return new Reading.Refused(
          "rest",
          "the values are too large with this file; a ConfigMap can contain at most 1,048,576"
              + " bytes");
    }

    static Stream<Arguments> saysWhyItIsNoConfiguration() {
      return Stream.of(
          edit(
              "no files",
              path -> Files.delete(path.resolve("color")),
              path -> new Reading.Gone(path + " has no keys")),
          edit(
              "no directory",
              path -> {
                Files.delete(path.resolve("color"));
                Files.delete(path);
              },
              path -> new Reading.Gone(path + " does not exist")),
          edit(
              "a directory for a key",
              path -> Files.createDirectories(path.resolve("size")),
              path -> new Reading.Refused("size", "it is a directory; use one file for each key")),
          edit(
              "a dangling link",
              path -> Files.createSymbolicLink(path.resolve("size"), Path.of("no-such-file")),
              path -> new Reading.Refused("size", "it is a symbolic link without a target")),
          edit(
              "a dangling link in place of a file",
              path -> {
                Files.delete(path.resolve("color"));
                Files.createSymbolicLink(path.resolve("color"), Path.of("no-such-file"));
              },
              path -> new Reading.Refused("color", "it is a symbolic link without a target")),
          edit(
              "a byte more than 1 MiB",
              path -> Files.write(path.resolve("rest"), new byte[ONE_MEBIBYTE + 1 - 3]),
              path -> tooLong()),
          edit(
              "2 MiB",
              path -> Files.write(path.resolve("rest"), new byte[2 * ONE_MEBIBYTE]),
              path -> tooLong()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void saysWhyItIsNoConfiguration(String name, Edit edit, Function<Path, Reading> reading)
        throws IOException {
      // Given
      Files.setLastModifiedTime(path.resolve("color"), FileTime.from(Instant.EPOCH));
      directory.look();

      // When
      edit.make(path);

      // Then
      assertThat(directory.look().reading()).isEqualTo(reading.apply(path));
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
      assertThat(look.reading()).isEqualTo(new Reading.Unreadable("no permission for " + color));
      assertThat(look.confirmedAt()).isEqualTo(before.confirmedAt());
    }

    @Test
    void takesValuesOfOneMebibyteTogether() throws IOException {
      // Given
      Files.write(path.resolve("rest"), new byte[ONE_MEBIBYTE - "red".length()]);

      // When, Then
      assertThat(data(directory.look())).containsOnlyKeys("color", "rest");
    }

    @Test
    void takesAsManyFilesAsItMayAndNoMore() throws IOException {
      // Given
      ConfigDirectory small = new ConfigDirectory(path, clock, 2);
      Files.createFile(path.resolve("size"));
      assertThat(data(small.look())).hasSize(2);
      Files.createFile(path.resolve("one-more"));

      // When, Then
      assertThat(small.look().reading())
          .isEqualTo(new Reading.Refused("", "the directory has too many files; use at most 2"));
    }

    @Test
    void confirmsWithEachLook() {
      // Given
      directory.look();
      clock.advance(Duration.ofSeconds(5));

      // When, Then
      assertThat(directory.look().confirmedAt()).contains(clock.instant());
    }

    /** The service can read a file half written, but never together with a later version. */
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
