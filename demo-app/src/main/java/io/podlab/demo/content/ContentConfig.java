package io.podlab.demo.content;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** Settings of the content directory. */
@ConfigMapping(prefix = "lab.demo")
public interface ContentConfig {
  /**
   * The directory to serve. {@code GET /} answers with its {@code index.html}, and {@code GET
   * /files/} lists and serves its files. It can be created after the start, for example by another
   * container. Default none: {@code GET /} shows which pod answers.
   */
  @WithConverter(Directory.class)
  Optional<Path> content();

  /** Refuses a path that exists and is not a directory. */
  final class Directory implements Converter<Path> {
    private static final long serialVersionUID = 1L;

    @Override
    public Path convert(String text) {
      // Also called with an empty text, if the variable is empty or not set.
      if (text.isEmpty()) {
        return null;
      }
      try {
        Path path = Path.of(text).toAbsolutePath().normalize();
        if (!Files.exists(path) || Files.isDirectory(path)) {
          return path;
        }
      } catch (InvalidPathException noPath) {
        // Reported below.
      }
      throw new IllegalArgumentException("is not a directory; use the path of a directory");
    }
  }
}
