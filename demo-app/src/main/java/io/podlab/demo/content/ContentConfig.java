package io.podlab.demo.content;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** Which directory is shown. */
@ConfigMapping(prefix = "lab.demo")
public interface ContentConfig {
  /**
   * {@code GET /} answers with its {@code index.html}, and {@code GET /files/} with what else is in
   * it. It may come to be after the start: another container may make it. Default none: {@code GET
   * /} says which pod answers.
   */
  @WithConverter(Directory.class)
  Optional<Path> content();

  /** Refuses what is there and is no directory. */
  final class Directory implements Converter<Path> {
    private static final long serialVersionUID = 1L;

    @Override
    public Path convert(String text) {
      // Asked for nothing, too: where the variable is empty or not set.
      if (text.isEmpty()) {
        return null;
      }
      try {
        Path path = Path.of(text).toAbsolutePath().normalize();
        if (!Files.exists(path) || Files.isDirectory(path)) {
          return path;
        }
      } catch (InvalidPathException noPath) {
        // The same words below.
      }
      throw new IllegalArgumentException("expected a directory");
    }
  }
}
