package io.podlab.config.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory that changes in the same steps as a mounted ConfigMap under the kubelet
 * (pkg/volume/util/atomic_writer.go).
 */
public final class MountedConfigMap {
  private static final AtomicInteger VERSION = new AtomicInteger();

  private final Path directory;
  private final Runnable betweenSteps;

  public MountedConfigMap(Path directory) {
    this(directory, () -> {});
  }

  /**
   * @param betweenSteps called after each step of the kubelet and after each file
   */
  public MountedConfigMap(Path directory, Runnable betweenSteps) {
    this.directory = directory;
    this.betweenSteps = betweenSteps;
  }

  public void publish(Map<String, String> data) throws IOException {
    publishBytes(
        data.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> entry.getValue().getBytes(StandardCharsets.UTF_8))));
  }

  public void publishBytes(Map<String, byte[]> data) throws IOException {
    Path link = directory.resolve("..data");
    Path old = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : null;
    Path timestamped = Path.of("..2026_03_01_12_00_00.%09d".formatted(VERSION.incrementAndGet()));

    Files.createDirectories(directory.resolve(timestamped));
    betweenSteps.run();
    for (Map.Entry<String, byte[]> file : data.entrySet()) {
      Files.write(directory.resolve(timestamped).resolve(file.getKey()), file.getValue());
      betweenSteps.run();
    }
    Path temporary = Files.createSymbolicLink(directory.resolve("..data_tmp"), timestamped);
    betweenSteps.run();
    Files.move(temporary, link, StandardCopyOption.ATOMIC_MOVE);
    betweenSteps.run();
    for (String key : new TreeSet<>(data.keySet())) {
      if (!Files.isSymbolicLink(directory.resolve(key))) {
        Files.createSymbolicLink(directory.resolve(key), Path.of("..data", key));
        betweenSteps.run();
      }
    }
    removeLinksOtherThan(data);
    if (old != null) {
      remove(directory.resolve(old));
    }
  }

  private void removeLinksOtherThan(Map<String, byte[]> data) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (!name.startsWith("..") && !data.containsKey(name)) {
          Files.delete(entry);
          betweenSteps.run();
        }
      }
    }
  }

  private void remove(Path version) throws IOException {
    try (Stream<Path> files = Files.list(version)) {
      for (Path file : files.toList()) {
        Files.delete(file);
        betweenSteps.run();
      }
    }
    Files.delete(version);
  }
}
